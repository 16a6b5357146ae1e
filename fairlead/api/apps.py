"""The api room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Plugs the room into the rooms below."""

    name = "fairlead.api"
    label = "api"

    def ready(self) -> None:
        """Name the store of answers and offer the reference page."""
        from fairlead.api import plugs

        plugs.register()
