"""Two records that turned out to be one."""

from django.db import models
from django.db.models import F, Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Merge(FirmModel):
    """One record (the loser) went into another (the winner): who, when, what was chosen, and how to take it back.

    The loser's row stays, out of sight, for as long as the winner's: old addresses lead to the winner, the log keeps
    its ids. A merge with `undone_at` is history.
    """

    noun = models.TextField()
    winner_id = models.UUIDField()
    loser_id = models.UUIDField()
    winner_name = models.TextField(blank=True, default="")
    loser_name = models.TextField(blank=True, default="")
    choices = models.JSONField(default=dict, help_text="Field name to winner or loser, as it was decided.")
    undo = models.JSONField(default=dict, help_text="What undoing needs, by participant; emptied when it is too late.")
    merged_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    kept = models.JSONField(default=list, help_text="What the undoing had to leave as it was, in words.")

    class Meta(FirmModel.Meta):
        """A record goes into one other at a time; found from both sides, and by age."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "loser_id"], name="merge_once", condition=Q(undone_at=None)),
            models.CheckConstraint(condition=~Q(winner_id=F("loser_id")), name="merge_of_two"),
        ]
        indexes = [
            models.Index(fields=["firm", "winner_id"], name="merge_winner"),
            models.Index(fields=["firm", "noun", "created_at"], name="merge_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.loser_name} into {self.winner_name}"
