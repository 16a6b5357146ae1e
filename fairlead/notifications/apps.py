"""The notifications room."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register permissions, kinds, the bell, pages and jobs."""
        from fairlead.notifications import plugs

        plugs.register()
