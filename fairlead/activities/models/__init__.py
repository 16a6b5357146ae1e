"""Notes."""

from fairlead.activities.models.note import Note, NoteAttachment, NoteLink, NoteMention, NoteRevision

__all__ = ["Note", "NoteAttachment", "NoteLink", "NoteMention", "NoteRevision"]
