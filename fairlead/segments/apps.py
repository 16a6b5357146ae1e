"""The segments room."""

from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.segments"
    label = "segments"

    def ready(self) -> None:
        """Register permissions, event types, memberships, consumers, jobs and pages."""
        from fairlead.segments import plugs

        plugs.register()
