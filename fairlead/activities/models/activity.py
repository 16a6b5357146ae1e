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
    """A note, or a call, email or meeting that somebody logged, about one or several records.

    A call with `scheduled_at` and no `ended_at` is still to come. `occurred_at` is the moment of the timeline: when
    it began, else when it is planned, else when it was written.
    """

    kind = models.TextField(choices=Kind, default=Kind.NOTE, db_default="note")
    subject = models.TextField(blank=True, default="", db_default="")
    body = models.TextField(help_text="Sanitised HTML.")
    text = models.TextField(help_text="The body as plain text: for search and previews.")
    author = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    occurred_at = models.DateTimeField(help_text="When it was written, in the system it came from if imported.")
    type = FirmForeignKey("activities.ActivityOption", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    outcome = FirmForeignKey(
        "activities.ActivityOption", null=True, blank=True, on_delete=models.SET_NULL, db_index=False
    )
    direction = models.TextField(choices=Direction, blank=True, default="", db_default="")
    duration_minutes = models.IntegerField(null=True, blank=True)
    location = models.TextField(blank=True, default="", db_default="")
    scheduled_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Recent ones of a firm, of an author and of a kind; calls still to come."""

        db_table = "activities_note"  # its first kind gave the table its name
        indexes = [
            models.Index(fields=["firm", "occurred_at"], name="note_recent", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "author", "occurred_at"], name="note_author"),
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
        Activity, on_delete=models.CASCADE, related_name="links", db_index=False, db_column="note_id",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip

    class Meta(Association.Meta):
        """Once an activity and record; found from the record."""

        abstract = False
        db_table = "activities_notelink"
        constraints = [models.UniqueConstraint(fields=["firm", "activity", "record_id"], name="note_link_once")]
        indexes = [models.Index(fields=["firm", "record_id", "activity"], name="note_link_record")]


class ActivityRevision(FirmModel):
    """What an activity said before an edit: its text, and in `details` the other values that changed."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="revisions", db_column="note_id",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip
    body = models.TextField()
    details = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    edited_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    version = models.IntegerField()

    class Meta(FirmModel.Meta):
        """One a version."""

        db_table = "activities_noterevision"
        constraints = [models.UniqueConstraint(fields=["firm", "activity", "version"], name="note_revision_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.version}"


class ActivityMention(FirmModel):
    """A member named with @ in an activity."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="mentions", db_column="note_id",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip
    membership = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE)

    class Meta(FirmModel.Meta):
        """Once an activity and member."""

        db_table = "activities_notemention"
        constraints = [models.UniqueConstraint(fields=["firm", "activity", "membership"], name="note_mention_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.activity_id}"


class ActivityAttachment(FirmModel):
    """A file on an activity, stored under the firm's own folder outside of anything served."""

    activity = FirmForeignKey(
        Activity, on_delete=models.CASCADE, related_name="attachments", db_column="note_id",
        help_text="The note, call, email or meeting that it belongs to, and goes with.",
    )  # fmt: skip
    file = models.FileField(upload_to="attachments/", max_length=300)
    name = models.TextField()
    content_type = models.TextField()
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    class Meta(FirmModel.Meta):
        """Plain."""

        db_table = "activities_noteattachment"

    def __str__(self) -> str:
        return self.name
