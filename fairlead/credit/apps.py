"""The credit room."""

from django.apps import AppConfig


class CreditConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.credit"
    label = "credit"

    def ready(self) -> None:
        """Register permissions, event types and pages."""
        from fairlead.credit import plugs

        plugs.register()
