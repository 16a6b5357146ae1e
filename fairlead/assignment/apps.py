"""The assignment room."""

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """Plugs the room into the engines below it."""

    name = "fairlead.assignment"
    label = "assignment"

    def ready(self) -> None:
        """Register permissions, event types, bulk verbs, the consumer, the job and pages."""
        from fairlead.assignment import plugs

        plugs.register()
