"""What members are told."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Notice(FirmModel):
    """Something that concerns one member. `key` makes it the only one of its cause."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    kind = models.TextField(help_text="Registered key, such as task_assigned.")
    key = models.TextField()
    title = models.TextField()
    text = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="", help_text="Address within the firm, without a leading slash.")
    actor_label = models.TextField(blank=True, default="")
    event = models.UUIDField(null=True, blank=True)
    occurred_at = models.DateTimeField()
    shown = models.BooleanField(default=True, help_text="Whether the centre shows it, or only mail carries it.")
    in_digest = models.BooleanField(default=False, help_text="Whether it waits for the next digest.")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(FirmModel.Meta):
        """Once a member and key; read newest first; unread ones counted on every page."""

        constraints = [models.UniqueConstraint(fields=["firm", "member", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["firm", "member", "-id"], name="notice_newest"),
            models.Index(fields=["firm", "member"], name="notice_unread", condition=Q(read_at=None, shown=True)),
            models.Index(fields=["firm", "member", "id"], name="notice_digest", condition=Q(in_digest=True)),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeMail(FirmModel):
    """The mail of one notice, marked as being sent before it is; one whose fate is unknown is held, not repeated."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    notice = FirmForeignKey(Notice, on_delete=models.CASCADE, db_index=False)
    state = models.TextField(choices=State, default=State.WAITING)
    send_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta(FirmModel.Meta):
        """One a notice; the waiting ones by their time."""

        constraints = [models.UniqueConstraint(fields=["firm", "notice"], name="notice_mail_once")]
        indexes = [models.Index(fields=["firm", "send_at"], name="notice_mail_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"


class Digest(FirmModel):
    """The daily mail of one member, one for each day of their own calendar: made before it is sent."""

    member = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    state = models.TextField(choices=NoticeMail.State, default=NoticeMail.State.WAITING)
    count = models.IntegerField(default=0)

    class Meta(FirmModel.Meta):
        """Once a member and day."""

        constraints = [models.UniqueConstraint(fields=["firm", "member", "day"], name="digest_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.day}"
