"""The room of the log."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Registers nothing by itself: rooms register their event types."""

    name = "fairlead.events"
    label = "events"
