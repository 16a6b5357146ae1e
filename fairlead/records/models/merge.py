"""Two records that turned out to be one."""

from django.db import models
from django.db.models import F, Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Merge(FirmModel):
    """One record (the loser) went into another (the winner): who, when, what was chosen, and how to take it back.

    The loser's row stays, out of sight, for as long as the winner's: old addresses lead to the winner, the log keeps
    its ids. A merge with `undone_at` is history.
    """

    noun = models.TextField(help_text="A registered noun: contact, company, deal, …")
    winner_id = models.UUIDField(help_text="The record that goes on; it may itself have gone into another since.")
    loser_id = models.UUIDField(help_text="The record that went into it, now out of sight.")
    winner_name = models.TextField(blank=True, default="", help_text="What it was called at that time.")
    loser_name = models.TextField(blank=True, default="", help_text="What it was called at that time.")
    choices = models.JSONField(default=dict, help_text="Field name to winner or loser, as it was decided.")
    undo = models.JSONField(default=dict, help_text="What undoing needs, by participant; emptied when it is too late.")
    merged_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who decided it.",
    )  # fmt: skip
    undone_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was taken back, possible for 30 days; empty while it stands."
    )
    undone_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who took it back.",
    )  # fmt: skip
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
