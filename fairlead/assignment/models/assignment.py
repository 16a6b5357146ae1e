"""Who got a record and why, and what waits for somebody."""

from django.db import models

from fairlead.assignment.models.rule import Rule
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Assignment(FirmModel):
    """A record came to a member by a rule, or by a turn in a team. Kept as it was, whatever becomes of the rule."""

    noun = models.TextField(choices=Rule.Target, help_text="What was given; with the id it names the record.")
    record_id = models.UUIDField(
        help_text="The record that was given; no foreign key, as it may be a contact or a deal."
    )
    member = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who got it; emptied when that membership goes.",
    )  # fmt: skip
    rule = FirmForeignKey(
        Rule, null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="By which rule; empty for a turn in a team, or when the rule was deleted.",
    )  # fmt: skip
    rule_name = models.TextField(
        blank=True, default="", help_text="What the rule was called then; empty for a turn in a team."
    )
    reason = models.TextField(blank=True, default="", help_text="A sentence for people: why this member.")
    passed = models.JSONField(
        default=list, help_text="Who was passed over and why, [[name, why], …], in all rules that were asked."
    )
    cause = models.UUIDField(null=True, help_text="The event that asked for it; None when a person did.")
    assigned_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who asked for it; empty when the rules acted by themselves.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once an event; the history of a record, of a rule and of a member."""

        constraints = [
            models.UniqueConstraint(
                fields=["firm", "cause"], name="assignment_cause_once", condition=models.Q(cause__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["firm", "noun", "record_id", "created_at"], name="assignment_of_record"),
            models.Index(fields=["firm", "rule", "created_at"], name="assignment_of_rule"),
            models.Index(fields=["firm", "member", "created_at"], name="assignment_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.record_id} to {self.member_id}"


class Waiting(FirmModel):
    """A record that fits a rule of whose takers nobody is free; it is tried again until somebody owns it."""

    noun = models.TextField(choices=Rule.Target, help_text="What waits; with the id it names the record.")
    record_id = models.UUIDField(
        help_text="The record that nobody owns yet; no foreign key, as it may be a contact or a deal."
    )
    reason = models.TextField(
        blank=True, default="",
        help_text="The rule that it fits, and why none of its takers is free; up to 500 characters.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a record."""

        constraints = [models.UniqueConstraint(fields=["firm", "noun", "record_id"], name="assignment_waiting_once")]

    def __str__(self) -> str:
        return f"{self.noun} {self.record_id} waits"
