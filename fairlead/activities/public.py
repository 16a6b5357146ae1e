"""What higher rooms may use of activities."""

from fairlead.activities import access
from fairlead.activities.actions.notes import write_note
from fairlead.activities.models import Note
from fairlead.activities.richtext import clean, plain, shown

__all__ = ["Note", "access", "clean", "plain", "shown", "write_note"]
