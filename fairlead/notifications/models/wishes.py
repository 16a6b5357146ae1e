"""How a member wants to be told."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import models

from fairlead.notifications import quiet
from fairlead.tenancy.public import FirmForeignKey, FirmModel

MORNING = time(8)  # when the digest comes to those who never chose a time


class MailWhen(models.TextChoices):
    """Whether a kind of notice is mailed."""

    NEVER = "never", "No mail"
    NOW = "now", "At once"
    DIGEST = "digest", "In the daily digest"


class Preference(FirmModel):
    """What a member wants of one kind of notice; without a row the kind's own default holds."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False,
        help_text="Whose wish it is; only they can change it.",
    )  # fmt: skip
    kind = models.TextField(help_text="Registered key of a kind of notice, such as task_assigned.")
    in_app = models.BooleanField(default=True, help_text="Whether the centre and the bell show this kind.")
    mail = models.TextField(
        choices=MailWhen, default=MailWhen.NEVER, help_text="Whether, and when, this kind is mailed."
    )

    class Meta(FirmModel.Meta):
        """One a member and kind."""

        constraints = [models.UniqueConstraint(fields=["firm", "member", "kind"], name="notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id}"


class Rhythm(FirmModel):
    """When a member is left alone, and when the digest comes: wall-clock times in the member's own zone."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False,
        help_text="Whose rhythm it is; only they can change it.",
    )  # fmt: skip
    quiet_from = models.TimeField(
        null=True, blank=True,
        help_text="Mails wait from this wall-clock time on; empty together with the end: no quiet hours.",
    )  # fmt: skip
    quiet_until = models.TimeField(
        null=True, blank=True,
        help_text="Until this wall-clock time, on the next day when it is earlier than the beginning.",
    )  # fmt: skip
    quiet_weekends = models.BooleanField(default=False, help_text="Whether mails wait through Saturday and Sunday too.")
    digest_at = models.TimeField(null=True, blank=True, help_text="Empty: no digest.")
    digest_due = models.DateTimeField(null=True, blank=True, help_text="The instant of the next digest.")

    class Meta(FirmModel.Meta):
        """One a member."""

        constraints = [models.UniqueConstraint(fields=["firm", "member"], name="notice_rhythm_once")]

    def __str__(self) -> str:
        return f"Rhythm of {self.member_id}"

    def next_digest(self, moment: datetime, zone: str) -> datetime | None:
        """Return when the next digest comes after `moment`; None when there is none."""
        if self.digest_at is None:
            return None
        hours = (self.quiet_from, self.quiet_until)
        return quiet.next_digest(moment, zone, self.digest_at, *hours, weekends=self.quiet_weekends)

    def may_follow(self, moment: datetime, day: date) -> bool:
        """Tell whether the digest of `day` may still come at `moment`: on that day, and not in the quiet hours."""
        zone = self.member.user.time_zone
        ends = quiet.ends(moment, zone, self.quiet_from, self.quiet_until, weekends=self.quiet_weekends)
        return ends is None and moment.astimezone(ZoneInfo(zone)).date() == day
