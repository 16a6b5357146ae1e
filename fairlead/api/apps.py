"""The api room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Plugs the table of kept answers into the protocol."""

    name = "fairlead.api"
    label = "api"

    def ready(self) -> None:
        """Name the store of answers."""
        from fairlead.api.answers import Answers
        from fairlead.shell.api import idempotency

        idempotency.plug(Answers())
