"""The log, and how far each of its readers has come."""

from fairlead.events.models.consumer import ConsumerState
from fairlead.events.models.cursor import Cursor
from fairlead.events.models.event import Event
from fairlead.events.models.head import Head
from fairlead.events.models.set_aside import SetAside

__all__ = ["ConsumerState", "Cursor", "Event", "Head", "SetAside"]
