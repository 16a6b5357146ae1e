"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register permissions, event types, nouns and navigation."""
        from fairlead.accounts import plugs

        plugs.register()
