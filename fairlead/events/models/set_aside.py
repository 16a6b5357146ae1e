"""An event that a consumer could not handle."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class SetAside(FirmModel):
    """The line went on without this event; somebody retries it or discards it, and it is kept who and when."""

    class Resolution(models.TextChoices):
        """How it ended."""

        RETRIED = "retried", "Retried"
        DISCARDED = "discarded", "Discarded"

    consumer = models.TextField(help_text="Registered name of the one that failed.")
    event_id = models.UUIDField(help_text="The event in the log; no foreign key, because the log is partitioned.")
    event_type = models.TextField(
        help_text="Registered name, such as contact.created; kept here so that lists need no log."
    )
    recorded_at = models.DateTimeField(help_text="The event's, to find it in its month.")
    error = models.TextField(help_text="What the last attempt raised, and where; up to 2,000 characters.")
    attempts = models.IntegerField(help_text="How often it failed, retries by hand included.")
    resolution = models.TextField(
        choices=Resolution, blank=True, default="",
        help_text="Empty while it is open; a retry settles it only once the consumer has handled it.",
    )  # fmt: skip
    resolved_at = models.DateTimeField(null=True, help_text="When it was settled; empty while it is open.")
    resolved_by_id = models.UUIDField(null=True, help_text="The membership that last asked to retry or discard it.")
    resolved_by_label = models.TextField(blank=True, default="", help_text="That member's name at the time.")

    class Meta(FirmModel.Meta):
        """The open ones, newest first; an event is set aside once a consumer."""

        constraints = [models.UniqueConstraint(fields=["firm", "consumer", "event_id"], name="events_set_aside_once")]
        indexes = [
            models.Index(fields=["firm", "id"], name="events_set_aside_open", condition=models.Q(resolved_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.event_type} {self.event_id}"
