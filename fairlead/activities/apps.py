"""The activities room."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.activities"
    label = "activities"

    def ready(self) -> None:
        """Register permissions, event types, nouns and navigation."""
        from fairlead.activities import plugs

        plugs.register()
