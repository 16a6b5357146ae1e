"""What members write down about records: notes, calls, emails and meetings."""

from django.db import models
from django.db.models import Q

from fairlead.activities.models.associations import Association
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Kind(models.TextChoices):
    """What an activity was."""

    NOTE = "note", "Note"
    CALL = "call", "Call"
    EMAIL = "email", "Email"
    MEETING = "meeting", "Meeting"


class Direction(models.TextChoices):
    """Who called or wrote."""

    OUTBOUND = "outbound", "Outbound"
    INBOUND = "inbound", "Inbound"


class Activity(FirmModel):
    """A note, or a call, email or meeting that somebody logged, about one or several records."""

    kind = models.TextField(
        choices=Kind, default=Kind.NOTE, db_default="note",
        help_text="What it was; decided when it is written and never changed.",
    )  # fmt: skip
    subject = models.TextField(
        blank=True, default="", db_default="", help_text="One line of up to 200 characters; a note may go without."
    )
    body = models.TextField(help_text="Sanitised HTML.")
    text = models.TextField(help_text="The body as plain text: for search and previews.")
    author = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who wrote it down, and with managers the only one who may change it.",
    )  # fmt: skip
    occurred_at = models.DateTimeField(
        help_text="Where it stands on the timeline: when it began, else is planned, else was written."
    )
    type = FirmForeignKey(
        "activities.ActivityOption", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="One of the firm's types for this kind, such as Assessment; empty is unsaid.",
    )  # fmt: skip
    outcome = FirmForeignKey(
        "activities.ActivityOption", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="One of the firm's outcomes for this kind, such as No answer; empty is unsaid.",
    )  # fmt: skip
    direction = models.TextField(
        choices=Direction, blank=True, default="", db_default="",
        help_text="Who called or wrote; calls are outbound unless said, notes and mails may be empty.",
    )  # fmt: skip
    duration_minutes = models.IntegerField(
        null=True, blank=True,
        help_text="Whole minutes it took, or is planned to take, at most a week; empty is unsaid.",
    )  # fmt: skip
    location = models.TextField(
        blank=True, default="", db_default="",
        help_text="Where a meeting is held: a place or a link, up to 200 characters.",
    )  # fmt: skip
    scheduled_at = models.DateTimeField(
        null=True, blank=True, help_text="When a call or meeting is to be held; with no end yet it is still to come."
    )
    started_at = models.DateTimeField(
        null=True, blank=True, help_text="When a call or meeting began; empty until it is held."
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When a call or meeting ended; empty until it is held."
    )
    version = models.IntegerField(
        default=1, help_text="Grows by one with every edit; its entity tag (RFC 9110) is made of it."
    )
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was deleted, which can be taken back; empty for the living."
    )
    deleted_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who deleted it; emptied when it is restored.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Recent ones of a firm, of an author and of a kind; calls still to come."""

        indexes = [
            models.Index(fields=["firm", "occurred_at"], name="activity_recent", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "author", "occurred_at"], name="activity_author"),
            models.Index(fields=["firm", "kind", "occurred_at"], name="activity_kind", condition=Q(deleted_at=None)),
            models.Index(
                fields=["firm", "scheduled_at"],
                name="activity_upcoming",
                condition=Q(deleted_at=None, ended_at=None, scheduled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return (self.subject or self.text)[:60] or self.get_kind_display()

    @property
    def is_planned(self) -> bool:
        """Tell whether it is still to come."""
        return self.scheduled_at is not None and self.ended_at is None


class ActivityLink(Association):
    """A record that an activity is about."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="links", db_index=False,
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip

    class Meta(Association.Meta):
        """Once an activity and record; found from the record."""

        abstract = False
        constraints = [models.UniqueConstraint(fields=["firm", "activity", "record_id"], name="activity_link_once")]
        indexes = [models.Index(fields=["firm", "record_id", "activity"], name="activity_link_record")]


class ActivityRevision(FirmModel):
    """What an activity said before an edit."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="revisions",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip
    body = models.TextField(help_text="Sanitised HTML, as it was before the edit.")
    details = models.JSONField(
        default=dict, blank=True, db_default=models.Value({}, models.JSONField()),
        help_text="Other values that the edit changed, by name, as they were before: subject, times, type, …",
    )  # fmt: skip
    edited_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who made the edit that ended this text.",
    )  # fmt: skip
    version = models.IntegerField(help_text="The version that said so: the edit made the next one.")

    class Meta(FirmModel.Meta):
        """One a version."""

        constraints = [models.UniqueConstraint(fields=["firm", "activity", "version"], name="activity_revision_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.version}"


class ActivityMention(FirmModel):
    """A member named with @ in an activity."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="mentions",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip
    membership = FirmForeignKey(
        "accounts.Membership", on_delete=models.CASCADE,
        help_text="Who was named, and told once, however often the text is edited.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once an activity and member."""

        constraints = [models.UniqueConstraint(fields=["firm", "activity", "membership"], name="activity_mention_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.activity_id}"


class ActivityAttachment(FirmModel):
    """A file on an activity, stored under the firm's own folder outside of anything served."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="attachments",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip
    file = models.FileField(
        upload_to="attachments/", max_length=300,
        help_text="Path below the media folder, in the firm's own; the name there is made up.",
    )  # fmt: skip
    name = models.TextField(help_text="What the person called it, cleaned; it is offered under this name again.")
    content_type = models.TextField(help_text="Media type (RFC 6838), found by looking into the file.")
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the bytes, hexadecimal.")

    class Meta(FirmModel.Meta):
        """Plain."""

    def __str__(self) -> str:
        return self.name
