"""Work of one verb that is too long for a request: its records pass piece by piece in the background."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Errand(FirmModel):
    """One verb over many records of the firm, such as the deletion of a tag; what it is at is found in the records.

    It was allowed when it was asked for, and goes on to its end whatever becomes of who asked.
    """

    class State(models.TextChoices):
        """Whether it goes on."""

        RUNNING = "running", "Running"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Stopped"
        FAILED = "failed", "Failed"

    kind = models.TextField(help_text="Which verb: a kind of errand that a room registered, such as tag.delete.")
    subject_id = models.UUIDField(help_text="What it is about (a tag, a member), which has one running of a kind.")
    params = models.JSONField(default=dict, blank=True, help_text="What the verb was asked with, and where it goes on.")
    label = models.TextField(help_text="What it does, in words.")
    membership = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who asked for it; empty where Fairlead did, by a member's last day.",
    )  # fmt: skip
    asked_by = models.TextField(help_text="Who asked for it, as events name them.")
    via = models.TextField(help_text="The door it was asked through, as in Event.via.")
    state = models.TextField(
        choices=State, default=State.RUNNING, help_text="What a stopped or failed errand did stays; ask for the rest."
    )
    total = models.IntegerField(help_text="How many records there were when it was asked for.")
    done = models.IntegerField(default=0, help_text="How many have passed; more than the total when some were added.")
    message = models.TextField(blank=True, default="", help_text="Why it was given up, for people; else empty.")
    finished_at = models.DateTimeField(null=True, help_text="When it ended, whichever way; empty while it runs.")

    class Meta(FirmModel.Meta):
        """One running of a kind and subject; a member's latest."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "kind", "subject_id"], condition=Q(state="running"), name="errand_once"
            )
        ]
        indexes = [models.Index(fields=["firm", "created_at"], name="errand_latest")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_active(self) -> bool:
        """Tell whether it goes on."""
        return self.state == self.State.RUNNING
