"""Queries for pages and API of notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch

from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.activities.models import Note, NoteAttachment, NoteLink, NoteRevision, Pin
from fairlead.records.public import Record
from fairlead.tenancy.public import Actor


def with_parts(actor: Actor, note_ids: Sequence[UUID]) -> dict[UUID, Note]:
    """Return notes that the actor may see by id, with author, attachments and the number of their records."""
    rows = access.notes(actor).filter(pk__in=note_ids).select_related("author__user").annotate(places=Count("links"))
    files = Prefetch("attachments", NoteAttachment.rows().order_by("created_at", "id"))
    return {note.pk: note for note in rows.prefetch_related(files)}


@dataclass(frozen=True)
class Placed:
    """A note with the records that it is about, those the actor may see: (noun, record)."""

    note: Note
    records: list[tuple[str, Record]]


def recent(
    actor: Actor, *, mine: bool = False, about: About | None = None, after: Note | None = None, limit: int = 20
) -> list[Placed]:
    """Return the newest notes that the actor may see: their own only, or of one record; after a note for more."""
    rows = access.notes(actor).select_related("author__user").order_by("-occurred_at", "-id")
    if mine:
        rows = rows.filter(author_id=actor.membership_id)
    if about is not None:
        rows = rows.filter(links__noun=about[0], links__record_id=about[1])
    if after is not None:
        rows = rows.filter(occurred_at__lte=after.occurred_at).exclude(occurred_at=after.occurred_at, pk__gte=after.pk)
    return placed(actor, list(rows[:limit]))


def placed(actor: Actor, notes: Sequence[Note]) -> list[Placed]:
    """Return notes with their records, in a few queries whatever their number."""
    links = NoteLink.rows().filter(note__in=[n.pk for n in notes]).order_by("created_at", "id")
    by_note: dict[UUID, list[UUID]] = {}
    about: list[About] = []
    for note_id, noun, record_id in links.values_list("note_id", "noun", "record_id"):
        by_note.setdefault(note_id, []).append(record_id)
        about.append((noun, record_id))
    found = access.records(actor, about)
    return [Placed(n, [found[pk] for pk in by_note.get(n.pk, []) if pk in found]) for n in notes]


def revisions(note: Note) -> list[NoteRevision]:
    """Return what a note said before, newest first."""
    return list(NoteRevision.rows().filter(note=note).select_related("edited_by__user").order_by("-version"))


def pinned(noun: str, record_id: UUID) -> list[UUID]:
    """Return the events pinned on a record's timeline, the newest pin first."""
    return list(
        Pin.rows()
        .filter(noun=noun, record_id=record_id)
        .order_by("-created_at", "-id")
        .values_list("event_id", flat=True)
    )
