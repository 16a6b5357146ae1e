"""The room of background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs in PostgreSQL, enqueued in the transaction that wants them."""

    name = "fairlead.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Plug in."""
        from fairlead.jobs import plugs

        plugs.register()
