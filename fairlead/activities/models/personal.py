"""What belongs to one member: the signature under mails, and the calendar feed of one's tasks."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Signature(FirmModel):
    """What stands under a member's mails."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, help_text="Under whose mails it stands.")
    html = models.TextField(help_text="Sanitised HTML, drawn by the generator or written by hand.")
    text = models.TextField(blank=True, default="", help_text="The same for plain mails.")
    meeting_link = models.TextField(
        blank=True, default="", help_text="Web address where a meeting can be booked; empty for none."
    )
    design = models.TextField(
        default="classic", help_text="Name of the drawing that the generator used last (signing.DESIGNS)."
    )
    values = models.JSONField(
        default=dict, blank=True, help_text="What the generator was given: job title, phone, … (signing.FACTS)."
    )

    class Meta(FirmModel.Meta):
        """One a member."""

        constraints = [models.UniqueConstraint(fields=["firm", "member"], name="signature_once")]

    def __str__(self) -> str:
        return f"Signature of {self.member_id}"


class CalendarFeed(FirmModel):
    """A secret address under which a calendar reads a member's tasks (RFC 5545). Only the secret's hash is kept."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="Whose tasks it shows."
    )
    secret_hash = models.CharField(max_length=64, help_text="SHA-256 of the secret in the address, hexadecimal.")
    revoked_at = models.DateTimeField(
        null=True, blank=True, help_text="When the address stopped working; empty for the one in use."
    )
    last_read_at = models.DateTimeField(
        null=True, blank=True, help_text="When a calendar last fetched it; empty is never."
    )

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
