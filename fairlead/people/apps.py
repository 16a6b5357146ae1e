"""The people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.people"
    label = "people"

    def ready(self) -> None:
        """Register permissions, event types, nouns and navigation."""
        from fairlead.people import plugs

        plugs.register()
