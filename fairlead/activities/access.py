"""The only functions that hand out notes to a caller: a note is seen by who sees a record that it is about."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairlead.activities.models import Note, NoteAttachment, NoteLink, NoteTemplate
from fairlead.kernel.errors import NotFound
from fairlead.records.public import Record, nouns
from fairlead.tenancy.public import Actor

About = tuple[str, UUID]


def notes(actor: Actor) -> QuerySet[Any]:
    """Return the notes that the actor may see."""
    actor.require("notes.view")
    return Note.rows().filter(_seen_by(actor), deleted_at=None)


def deleted_notes(actor: Actor) -> QuerySet[Any]:
    """Return deleted notes that the actor might take back."""
    actor.require("notes.edit")
    return Note.rows().filter(_seen_by(actor), deleted_at__isnull=False)


def note(actor: Actor, note_id: UUID, *, lock: bool = False) -> Note:
    """Return one note, locked until the transaction ends if asked; raise `NotFound`."""
    found: Note = _one(notes(actor), note_id, lock)
    return found


def deleted_note(actor: Actor, note_id: UUID) -> Note:
    """Return one deleted note, locked; raise `NotFound`."""
    found: Note = _one(deleted_notes(actor), note_id, True)
    return found


def attachment(actor: Actor, attachment_id: UUID) -> NoteAttachment:
    """Return one attachment of a note that the actor may see; raise `NotFound`."""
    found: NoteAttachment = _one(NoteAttachment.rows().filter(note__in=notes(actor).values("pk")), attachment_id, False)
    return found


def templates(actor: Actor) -> QuerySet[Any]:
    """Return the firm's note templates."""
    actor.require("notes.view")
    return NoteTemplate.rows()


def records(actor: Actor, about: Iterable[About]) -> dict[UUID, tuple[str, Record]]:
    """Return the records that the actor may see by id, with their noun: one query a noun."""
    by_noun: dict[str, list[UUID]] = {}
    for noun, record_id in about:
        by_noun.setdefault(noun, []).append(record_id)
    found: dict[UUID, tuple[str, Record]] = {}
    for kind in nouns.registered():
        if kind.name in by_noun and actor.can(kind.permission("view")):
            rows = kind.visible(actor).filter(pk__in=by_noun[kind.name])
            found |= {r.pk: (kind.name, r) for r in rows}
    return found


def record(actor: Actor, noun: str, record_id: UUID) -> Record:
    """Return one record of any noun; raise `NotFound`."""
    found = records(actor, [(noun, record_id)]).get(record_id)
    if found is None:
        raise NotFound
    return found[1]


def _seen_by(actor: Actor) -> Any:
    seen = Q(pk__in=[])
    for kind in nouns.registered():
        if actor.can(kind.permission("view")):
            rows = kind.visible(actor).filter(pk=OuterRef("record_id"))
            seen |= Q(Exists(rows), noun=kind.name)
    return Exists(NoteLink.rows().filter(seen, note=OuterRef("pk")))


def _one(rows: QuerySet[Any], pk: UUID, lock: bool) -> Any:
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found
