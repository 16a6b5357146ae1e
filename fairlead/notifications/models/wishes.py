"""How a member wants to be told."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class MailWhen(models.TextChoices):
    """Whether a kind of notice is mailed."""

    NEVER = "never", "No mail"
    NOW = "now", "At once"
    DIGEST = "digest", "In the daily digest"


class Preference(FirmModel):
    """What a member wants of one kind of notice; without a row the kind's own default holds."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    kind = models.TextField()
    in_app = models.BooleanField(default=True)
    mail = models.TextField(choices=MailWhen, default=MailWhen.NEVER)

    class Meta(FirmModel.Meta):
        """One a member and kind."""

        constraints = [models.UniqueConstraint(fields=["firm", "member", "kind"], name="notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id}"


class Rhythm(FirmModel):
    """When a member is left alone, and when the digest comes: wall-clock times in the member's own zone."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    quiet_weekends = models.BooleanField(default=False)
    digest_at = models.TimeField(null=True, blank=True, help_text="Empty: no digest.")
    digest_due = models.DateTimeField(null=True, blank=True, help_text="The instant of the next digest.")

    class Meta(FirmModel.Meta):
        """One a member."""

        constraints = [models.UniqueConstraint(fields=["firm", "member"], name="notice_rhythm_once")]

    def __str__(self) -> str:
        return f"Rhythm of {self.member_id}"
