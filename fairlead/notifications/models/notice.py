"""What members are told."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Notice(FirmModel):
    """Something that concerns one member. `key` makes it the only one of its cause."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False,
        help_text="Whom it is for; nobody else reads it.",
    )  # fmt: skip
    kind = models.TextField(help_text="Registered key, such as task_assigned.")
    key = models.TextField(
        help_text="Names its cause, <kind>:<event id> unless the rule says else; the second of a key is not made."
    )
    title = models.TextField(help_text="The line that the centre shows and the mail has as its subject.")
    text = models.TextField(
        blank=True, default="", help_text="More, as plain text: a comment's beginning, for instance."
    )
    link = models.TextField(blank=True, default="", help_text="Address within the firm, without a leading slash.")
    actor_label = models.TextField(
        blank=True, default="", help_text="Who did it, by the name of then; empty when nobody did."
    )
    event = models.UUIDField(null=True, blank=True, help_text="The event of the log that it tells of.")
    occurred_at = models.DateTimeField(help_text="When it happened in the world, which may be before it was noticed.")
    shown = models.BooleanField(default=True, help_text="Whether the centre shows it, or only mail carries it.")
    in_digest = models.BooleanField(default=False, help_text="Whether it waits for the next digest.")
    read_at = models.DateTimeField(
        null=True, blank=True, help_text="When the member read it, or marked it so; empty while unread."
    )

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

    notice = FirmForeignKey(
        Notice, on_delete=models.CASCADE, db_index=False,
        help_text="What it tells; the mail's words are made when it is sent.",
    )  # fmt: skip
    state = models.TextField(
        choices=State, default=State.WAITING,
        help_text="Set to sending before anything leaves; one that stays so may have gone and is not repeated.",
    )  # fmt: skip
    send_at = models.DateTimeField(
        help_text="Not before this: the end of the member's quiet hours, or the pause after a refusal."
    )
    tries = models.IntegerField(
        default=0, help_text="How often it was handed to the mail server; at five it is given up."
    )
    error = models.TextField(blank=True, default="", help_text="What the mail server last said, up to 500 characters.")

    class Meta(FirmModel.Meta):
        """One a notice; the waiting ones by their time."""

        constraints = [models.UniqueConstraint(fields=["firm", "notice"], name="notice_mail_once")]
        indexes = [models.Index(fields=["firm", "send_at"], name="notice_mail_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.state}"


class Digest(FirmModel):
    """The daily mail of one member, one for each day of their own calendar: made before it is sent."""

    member = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, db_index=False, help_text="Whose mail it is."
    )
    day = models.DateField(help_text="In the member's own time zone; at most one digest a day goes out.")
    state = models.TextField(
        choices=NoticeMail.State, default=NoticeMail.State.WAITING,
        help_text="Set to sending before anything leaves; never back to waiting.",
    )  # fmt: skip
    count = models.IntegerField(default=0, help_text="How many unread notices it tells of; it names the newest 100.")

    class Meta(FirmModel.Meta):
        """Once a member and day."""

        constraints = [models.UniqueConstraint(fields=["firm", "member", "day"], name="digest_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.day}"
