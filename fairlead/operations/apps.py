"""The operations room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The operations room."""

    name = "fairlead.operations"
    label = "operations"

    def ready(self) -> None:
        """Plug in."""
        from fairlead.operations import plugs, tracing

        plugs.register()
        tracing.start()
