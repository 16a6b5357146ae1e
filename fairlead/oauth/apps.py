"""The oauth room."""

from django.apps import AppConfig


class OAuthConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.oauth"
    label = "oauth"

    def ready(self) -> None:
        """Register permissions, event types, the credential and pages."""
        from fairlead.oauth import plugs

        plugs.register()
