"""Notes, their history and files."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponseBase
from rest_framework import serializers

from fairlead.activities import access, reads
from fairlead.activities.actions import attachments, notes
from fairlead.activities.models import Note, NoteAttachment, NoteLink
from fairlead.kernel import uploads
from fairlead.records.public import nouns
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import MAX_TEXT, Input, Output


class AboutInput(Input):
    """A record that a note is about."""

    noun = serializers.CharField(max_length=40, help_text="contact or company.")
    id = serializers.UUIDField()


class NoteEdit(Input):
    """What a note is to say."""

    body = serializers.CharField(max_length=MAX_TEXT, help_text="HTML; what the editor cannot make is taken out.")


class NoteInput(NoteEdit):
    """A note."""

    about = AboutInput(many=True, help_text="One or several records.")
    occurred_at = serializers.DateTimeField(required=False, help_text="When it was written; now by default.")


class AboutNote(Input):
    """Further records."""

    about = AboutInput(many=True)


class AboutOutput(Output):
    """A record that a note is about."""

    noun = serializers.CharField()
    id = serializers.UUIDField(source="record_id")


class AttachmentOutput(Output):
    """A file on a note."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    created_at = serializers.DateTimeField()


class NoteOutput(Output):
    """A note."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    body = serializers.CharField(help_text="Sanitised HTML.")
    text = serializers.CharField(help_text="The same as plain text.")
    author = serializers.UUIDField(source="author_id", allow_null=True, help_text="Id of a member.")
    occurred_at = serializers.DateTimeField()
    about = AboutOutput(many=True, source="links")
    attachments = AttachmentOutput(many=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class RevisionOutput(Output):
    """What a note said before."""

    version = serializers.IntegerField()
    body = serializers.CharField()
    edited_by = serializers.UUIDField(source="edited_by_id", allow_null=True, help_text="Who changed it then.")
    created_at = serializers.DateTimeField(help_text="When it was changed.")


class RevisionsOutput(Output):
    """What a note said before, newest first."""

    data = RevisionOutput(many=True)  # type: ignore[assignment]


class RevertInput(Input):
    """Which earlier version."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class FileInput(Input):
    """A file."""

    file = serializers.FileField()


NOUN = Param("noun", "With `record`: of which kind it is, contact or company.")
RECORD = Param("record", "Only notes about this record.", "uuid")
MINE = Param("mine", "Only my own.", "boolean", default=False)


class Notes(Resource):
    """Rich text about records."""

    tag = "Notes"

    @endpoint(NoteOutput, paged=True, sorts={"occurred_at": "occurred_at", "updated_at": "updated_at"},
              default_sort="-occurred_at", params=(NOUN, RECORD, MINE))  # fmt: skip
    def list(self) -> QuerySet[Note]:
        """List notes.

        A note is seen by who sees one of the records that it is about.
        """
        rows = access.notes(self.actor)
        if self.query["mine"]:
            rows = rows.filter(author_id=self.actor.membership_id)
        if self.query["record"]:
            about = {"record_id": self.query["record"]} | ({"noun": self.query["noun"]} if self.query["noun"] else {})
            rows = rows.filter(pk__in=NoteLink.rows().filter(**about).values("note"))
        return with_parts(rows)

    @endpoint(NoteOutput, versioned=True)
    def retrieve(self, pk: UUID) -> Note:
        """Read one note."""
        return self.whole(access.note(self.actor, pk))

    @endpoint(NoteOutput, body=NoteInput, status=201, versioned=True)
    def create(self, body: dict[str, Any]) -> Note:
        """Write a note.

        Members named as the editor does (`<a class="mention" data-id="…">`) are told.
        """
        moment: datetime | None = body.get("occurred_at")
        return self.whole(notes.write_note(body["body"], places(body), by=self.actor, occurred_at=moment))

    @endpoint(NoteOutput, body=NoteEdit, versioned=True)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Note:
        """Change a note.

        What it said before is kept.
        """
        found = access.note(self.actor, pk)
        said = body.get("body", found.body)
        return self.whole(notes.edit_note(pk, said, by=self.actor, version=self.expected_version))

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a note.

        It can be restored.
        """
        notes.delete_note(pk, by=self.actor)

    @verb("restore", NoteOutput, versioned=True)
    def restore(self, pk: UUID) -> Note:
        """Bring a deleted note back."""
        return self.whole(notes.restore_note(pk, by=self.actor))

    @verb("revisions", RevisionsOutput, method="get", sparse=False)
    def revisions(self, pk: UUID) -> dict[str, Any]:
        """List what a note said before."""
        found = reads.revisions(access.note(self.actor, pk))
        return {"data": RevisionOutput(found, many=True).data}

    @verb("revert", NoteOutput, body=RevertInput, versioned=True)
    def revert(self, pk: UUID, body: dict[str, Any]) -> Note:
        """Make a note say again what it said in an earlier version."""
        return self.whole(notes.revert_note(pk, body["version"], by=self.actor))

    @verb("associate", NoteOutput, body=AboutNote, versioned=True)
    def associate(self, pk: UUID, body: dict[str, Any]) -> Note:
        """Put a note on further records."""
        notes.associate_note(pk, places(body), by=self.actor)
        return self.whole(access.note(self.actor, pk))

    @verb("dissociate", NoteOutput, body=AboutInput, versioned=True)
    def dissociate(self, pk: UUID, body: dict[str, Any]) -> Note:
        """Take a note off one of several records."""
        notes.dissociate_note(pk, body["noun"], body["id"], by=self.actor)
        return self.whole(access.note(self.actor, pk))

    @verb("attachments", AttachmentOutput, body=FileInput, status=201, upload=True, body_required=True)
    def attach(self, pk: UUID, body: dict[str, Any]) -> NoteAttachment:
        """Put a file on a note."""
        upload = body["file"]
        return attachments.attach(pk, upload, upload.name, by=self.actor)

    def whole(self, note: Note) -> Note:
        """Return the note with its records and files read."""
        found: Note = with_parts(access.notes(self.actor).filter(pk=note.pk)).get()
        return found


class Attachments(Resource):
    """Files on notes."""

    tag = "Notes"

    @endpoint(AttachmentOutput)
    def retrieve(self, pk: UUID) -> NoteAttachment:
        """Read what is known of a file."""
        return access.attachment(self.actor, pk)

    @verb("content", method="get", media_type="application/octet-stream")
    def content(self, pk: UUID) -> HttpResponseBase:
        """Download a file."""
        found = access.attachment(self.actor, pk)
        return uploads.serve(str(found.file.name), name=found.name, content_type=found.content_type)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a file from its note."""
        attachments.detach(pk, by=self.actor)


def places(body: dict[str, Any]) -> list[access.About]:
    """Return the records that a body names; a kind that does not exist finds nothing."""
    known = {noun.name for noun in nouns.registered()}
    return [(entry["noun"] if entry["noun"] in known else "", entry["id"]) for entry in body.get("about", [])]


def with_parts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return notes that bring their records and files along, in two more queries whatever their number."""
    return rows.prefetch_related(
        Prefetch("links", NoteLink.rows().order_by("created_at", "id")),
        Prefetch("attachments", NoteAttachment.rows().order_by("created_at", "id")),
    )
