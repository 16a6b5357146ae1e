"""The sales room."""

from django.apps import AppConfig


class SalesConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.sales"
    label = "sales"

    def ready(self) -> None:
        """Register permissions, event types, the noun, pages and jobs."""
        from fairlead.sales import plugs

        plugs.register()
