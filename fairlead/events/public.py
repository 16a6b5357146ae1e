"""What higher rooms may use of the log."""

from fairlead.events.actions.set_asides import discard_set_aside, retry_set_aside
from fairlead.events.consumers import consumer
from fairlead.events.models import Event
from fairlead.events.personal import hide, hide_purged
from fairlead.events.reads import newest, set_aside_rows, set_asides, unread
from fairlead.events.recording import NewEvent, record, record_many, record_select
from fairlead.events.types import EventType, find, register, registered, words

__all__ = [
    "Event",
    "EventType",
    "NewEvent",
    "consumer",
    "discard_set_aside",
    "find",
    "hide",
    "hide_purged",
    "newest",
    "record",
    "record_many",
    "record_select",
    "register",
    "registered",
    "retry_set_aside",
    "set_aside_rows",
    "set_asides",
    "unread",
    "words",
]
