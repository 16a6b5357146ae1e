"""The records room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.records"
    label = "records"

    def ready(self) -> None:
        """Register permissions, event types, nouns and navigation."""
        from fairlead.records import plugs

        plugs.register()
