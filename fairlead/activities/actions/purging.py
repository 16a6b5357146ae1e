"""Notes go with the last record that they were about."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from fairlead.activities.models import Note, NoteAttachment, NoteLink, Pin
from fairlead.kernel import uploads
from fairlead.tenancy.public import Actor


def forget_records(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Delete the pins and note links of purged records, and the notes that stand on nothing any more."""
    Pin.rows().filter(noun=noun, record_id__in=ids).delete()
    links = NoteLink.rows().filter(noun=noun, record_id__in=ids)
    touched = list(links.values_list("note_id", flat=True))
    links.delete()
    alone = Note.rows().filter(~Exists(NoteLink.rows().filter(note=OuterRef("pk"))), pk__in=touched)
    for path in NoteAttachment.rows().filter(note__in=alone.values("pk")).values_list("file", flat=True):
        transaction.on_commit(partial(uploads.remove, path))
    alone.delete()
