"""What belongs to one member: the signature under mails, and the calendar feed of one's tasks."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Signature(FirmModel):
    """What stands under a member's mails. `values` are what the generator was given."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE)
    html = models.TextField(help_text="Sanitised HTML.")
    text = models.TextField(blank=True, default="", help_text="The same for plain mails.")
    meeting_link = models.TextField(blank=True, default="")
    design = models.TextField(default="classic")
    values = models.JSONField(default=dict, blank=True)

    class Meta(FirmModel.Meta):
        """One a member."""

        constraints = [models.UniqueConstraint(fields=["firm", "member"], name="signature_once")]

    def __str__(self) -> str:
        return f"Signature of {self.member_id}"


class CalendarFeed(FirmModel):
    """A secret address under which a calendar reads a member's tasks (RFC 5545). Only the secret's hash is kept."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    secret_hash = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """Found by the hash; at most one in use a member."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "secret_hash"], name="calendar_feed_secret"),
            models.UniqueConstraint(
                fields=["firm", "member"], name="calendar_feed_once", condition=models.Q(revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Feed of {self.member_id}"
