"""The log."""

from fairlead.events.models.event import Event

__all__ = ["Event"]
