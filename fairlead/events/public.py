"""What higher rooms may use of the log."""

from fairlead.events.consumers import Consumer, UnknownConsumer, consumer
from fairlead.events.models import Event, SetAside
from fairlead.events.recording import NewEvent, record, record_many, record_select
from fairlead.events.types import EventType, UnknownEventType, register, registered, words

__all__ = [
    "Consumer",
    "Event",
    "EventType",
    "NewEvent",
    "SetAside",
    "UnknownConsumer",
    "UnknownEventType",
    "consumer",
    "record",
    "record_many",
    "record_select",
    "register",
    "registered",
    "words",
]
