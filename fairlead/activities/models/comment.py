"""What colleagues say to each other about an activity or a task."""

from django.db import models
from django.db.models import Q

from fairlead.activities.models.activity import Activity
from fairlead.activities.models.task import Task
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Comment(FirmModel):
    """A comment on one activity or one task."""

    activity = FirmForeignKey(
        Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="comments", db_index=False,
        help_text="What is commented on; empty when that is a task.",
    )  # fmt: skip
    task = FirmForeignKey(
        Task, null=True, blank=True, on_delete=models.CASCADE, related_name="comments", db_index=False,
        help_text="What is commented on; empty when that is an activity.",
    )  # fmt: skip
    body = models.TextField(help_text="Sanitised HTML.")
    text = models.TextField(help_text="The body as plain text.")
    author = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who said it; nobody but this member and managers may change it.",
    )  # fmt: skip
    edited_at = models.DateTimeField(
        null=True, blank=True, help_text="When its text last changed; empty as long as it is the first one."
    )
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was deleted; the row stays, out of sight."
    )

    class Meta(FirmModel.Meta):
        """Read from what it is about, oldest first."""

        indexes = [
            models.Index(
                fields=["firm", "activity", "created_at"],
                name="comment_activity",
                condition=Q(activity__isnull=False),
            ),
            models.Index(fields=["firm", "task", "created_at"], name="comment_task", condition=Q(task__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text[:60]
