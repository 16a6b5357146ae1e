"""Who got a record and why, and what waits for somebody."""

from django.db import models

from fairlead.assignment.models.rule import Rule
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Assignment(FirmModel):
    """A record came to a member by a rule, or by a turn in a team. Kept as it was, whatever becomes of the rule.

    `reason` is a sentence; `passed` tells who was passed over and why, as [[name, why], …].
    """

    noun = models.TextField(choices=Rule.Target)
    record_id = models.UUIDField()
    member = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    rule = FirmForeignKey(Rule, null=True, on_delete=models.SET_NULL, db_index=False)
    rule_name = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    passed = models.JSONField(default=list)
    cause = models.UUIDField(null=True, help_text="The event that asked for it; None when a person did.")
    assigned_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

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

    noun = models.TextField(choices=Rule.Target)
    record_id = models.UUIDField()
    reason = models.TextField(blank=True, default="")

    class Meta(FirmModel.Meta):
        """Once a record."""

        constraints = [models.UniqueConstraint(fields=["firm", "noun", "record_id"], name="assignment_waiting_once")]

    def __str__(self) -> str:
        return f"{self.noun} {self.record_id} waits"
