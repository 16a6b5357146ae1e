"""The room of the log."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The log and its consumers; other rooms register their event types and consumers."""

    name = "fairlead.events"
    label = "events"

    def ready(self) -> None:
        """Plug in."""
        from fairlead.events import plugs

        plugs.register()
