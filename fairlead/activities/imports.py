"""Notes as a target of imports."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.activities.actions import importing
from fairlead.records.imports.public import Target
from fairlead.records.public import FieldType
from fairlead.tenancy.public import Actor

Texts = Sequence[tuple[str, str]]


class NoteTarget:
    """A column whose cells become notes on the imported records."""

    target = Target("note", "Note", FieldType.LONG_TEXT, "Activity", True, "Each filled cell becomes a note.")

    def missing(self, noun: str, wanted: Texts) -> Sequence[bool]:
        """Tell for each (record id, text) whether the record has no note that says this."""
        return importing.missing_notes(noun, _typed(wanted))

    def write(self, noun: str, wanted: Texts, *, by: Actor) -> Sequence[str]:
        """Write the notes; return their ids in the same order."""
        return [str(pk) for pk in importing.write_notes(noun, _typed(wanted), by=by)]

    def undo(self, written: Sequence[str], *, by: Actor) -> None:
        """Delete the notes that nobody has changed since."""
        importing.unwrite_notes([UUID(pk) for pk in written], by=by)


def _typed(wanted: Texts) -> list[tuple[UUID, str]]:
    return [(UUID(record_id), text) for record_id, text in wanted]
