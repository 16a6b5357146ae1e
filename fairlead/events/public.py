"""What higher rooms may use of the log."""

from fairlead.events.models import Event
from fairlead.events.recording import NewEvent, record, record_many, record_select
from fairlead.events.types import EventType, UnknownEventType, register, registered, words

__all__ = [
    "Event",
    "EventType",
    "NewEvent",
    "UnknownEventType",
    "record",
    "record_many",
    "record_select",
    "register",
    "registered",
    "words",
]
