"""Notes, their templates, and pins."""

from fairlead.activities.models.note import Note, NoteAttachment, NoteLink, NoteMention, NoteRevision
from fairlead.activities.models.note_template import NoteTemplate
from fairlead.activities.models.pin import Pin

__all__ = ["Note", "NoteAttachment", "NoteLink", "NoteMention", "NoteRevision", "NoteTemplate", "Pin"]
