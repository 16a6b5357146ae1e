"""What higher rooms may use of the log."""

from fairlead.events.actions.consumers import rewind
from fairlead.events.actions.set_asides import discard_set_aside, retry_set_aside
from fairlead.events.consumers import Consumer, UnknownConsumer, consumer
from fairlead.events.models import Event, SetAside
from fairlead.events.reads import Lag, Stretch, lag, newest, set_asides, unread
from fairlead.events.recording import NewEvent, record, record_many, record_select
from fairlead.events.types import EventType, find, register, registered, words

__all__ = [
    "Consumer",
    "Event",
    "EventType",
    "Lag",
    "NewEvent",
    "SetAside",
    "Stretch",
    "UnknownConsumer",
    "consumer",
    "discard_set_aside",
    "find",
    "lag",
    "newest",
    "record",
    "record_many",
    "record_select",
    "register",
    "registered",
    "retry_set_aside",
    "rewind",
    "set_asides",
    "unread",
    "words",
]
