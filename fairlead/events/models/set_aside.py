"""An event that a consumer could not handle."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class SetAside(FirmModel):
    """The line went on without this event; somebody retries it or discards it, and it is kept who and when."""

    class Resolution(models.TextChoices):
        """How it ended."""

        RETRIED = "retried", "Retried"
        DISCARDED = "discarded", "Discarded"

    consumer = models.TextField()
    event_id = models.UUIDField()
    event_type = models.TextField()
    recorded_at = models.DateTimeField(help_text="The event's, to find it in its month.")
    error = models.TextField()
    attempts = models.IntegerField()
    resolution = models.TextField(choices=Resolution, blank=True, default="")
    resolved_at = models.DateTimeField(null=True)
    resolved_by_id = models.UUIDField(null=True, help_text="The membership that retried or discarded it.")
    resolved_by_label = models.TextField(blank=True, default="")

    class Meta(FirmModel.Meta):
        """The open ones, newest first; an event is set aside once a consumer."""

        constraints = [models.UniqueConstraint(fields=["firm", "consumer", "event_id"], name="events_set_aside_once")]
        indexes = [
            models.Index(fields=["firm", "id"], name="events_set_aside_open", condition=models.Q(resolved_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.event_type} {self.event_id}"
