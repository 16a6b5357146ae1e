"""Notes on records."""

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Note(FirmModel):
    """Rich text by a member, about one or several records."""

    body = models.TextField(help_text="Sanitised HTML.")
    text = models.TextField(help_text="The body as plain text: for search and previews.")
    author = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    occurred_at = models.DateTimeField(help_text="When it was written, in the system it came from if imported.")
    version = models.IntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Recent notes of a firm and of an author."""

        indexes = [
            models.Index(fields=["firm", "occurred_at"], name="note_recent", condition=Q(deleted_at=None)),
            models.Index(fields=["firm", "author", "occurred_at"], name="note_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class NoteLink(FirmModel):
    """A record that a note is about."""

    note = FirmForeignKey(Note, on_delete=models.CASCADE, related_name="links", db_index=False)
    noun = models.TextField()
    record_id = models.UUIDField()

    class Meta(FirmModel.Meta):
        """Once a note and record; found from the record."""

        constraints = [models.UniqueConstraint(fields=["firm", "note", "record_id"], name="note_link_once")]
        indexes = [models.Index(fields=["firm", "record_id", "note"], name="note_link_record")]

    def __str__(self) -> str:
        return f"{self.noun} {self.record_id}"


class NoteRevision(FirmModel):
    """What a note said before an edit."""

    note = FirmForeignKey(Note, on_delete=models.CASCADE, related_name="revisions")
    body = models.TextField()
    edited_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)
    version = models.IntegerField()

    class Meta(FirmModel.Meta):
        """One a version."""

        constraints = [models.UniqueConstraint(fields=["firm", "note", "version"], name="note_revision_once")]

    def __str__(self) -> str:
        return f"{self.note_id} v{self.version}"


class NoteMention(FirmModel):
    """A member named with @ in a note."""

    note = FirmForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    membership = FirmForeignKey("accounts.Membership", on_delete=models.CASCADE)

    class Meta(FirmModel.Meta):
        """Once a note and member."""

        constraints = [models.UniqueConstraint(fields=["firm", "note", "membership"], name="note_mention_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.note_id}"


class NoteAttachment(FirmModel):
    """A file on a note, stored under the firm's own folder outside of anything served."""

    note = FirmForeignKey(Note, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/", max_length=300)
    name = models.TextField()
    content_type = models.TextField()
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)

    class Meta(FirmModel.Meta):
        """Plain."""

    def __str__(self) -> str:
        return self.name
