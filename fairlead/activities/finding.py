"""How notes are found: by what they say and whom they are about."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from fairlead.activities.models import Note, NoteLink
from fairlead.events.public import Event
from fairlead.records.public import Record, nouns
from fairlead.search.public import Entry, Source

TITLE, TEXT = 80, 4_000
TYPES = ("written", "associated", "dissociated", "edited", "deleted", "restored")
OWNER_MOVED = ("contact.owner_changed", "company.owner_changed")


def describe_notes(ids: Sequence[UUID]) -> Iterable[Entry]:
    """Return the entries of the living notes among `ids`; each is seen through the owner of its first record."""
    about: dict[UUID, list[tuple[str, UUID]]] = {}
    links = NoteLink.rows().filter(note__in=ids).order_by("created_at", "id")
    for note_id, noun, record_id in links.values_list("note_id", "noun", "record_id"):
        about.setdefault(note_id, []).append((noun, record_id))
    records = _records(about.values())
    for note in Note.rows().filter(pk__in=ids, deleted_at=None):
        found = [records[pk] for _, pk in about.get(note.pk, []) if pk in records]
        if found:
            names = ", ".join(str(r) for r in found[:3])
            title = note.text.replace("\n", " ")[:TITLE]
            yield Entry(note.pk, title, names, "", f"{note.text[:TEXT]} {names}", (), found[0].owner_id)


def _records(about: Iterable[list[tuple[str, UUID]]]) -> dict[UUID, Record]:
    wanted: dict[str, set[UUID]] = {}
    for places in about:
        for noun, record_id in places:
            wanted.setdefault(noun, set()).add(record_id)
    found: dict[UUID, Record] = {}
    for noun, ids in wanted.items():
        model = nouns.get(noun).model
        found |= {r.pk: r for r in model.rows().filter(pk__in=ids, deleted_at=None)}
    return found


def _touched(events: Iterable[Event]) -> set[UUID]:
    notes: set[UUID] = set()
    moved: set[UUID] = set()
    for event in events:
        if event.type.startswith("note.") and event.data.get("note"):
            notes.add(UUID(str(event.data["note"])))
        elif event.type in OWNER_MOVED and event.subject_id:
            moved.add(event.subject_id)
    if moved:
        notes.update(NoteLink.rows().filter(record_id__in=moved).values_list("note_id", flat=True))
    return notes


def _page(after: UUID | None, size: int) -> list[UUID]:
    rows = Note.rows().order_by("id").values_list("id", flat=True)
    return list((rows.filter(id__gt=after) if after else rows)[:size])


def _url(firm: str, note_id: UUID) -> str:
    return reverse("activities:note", kwargs={"firm": firm, "note_id": note_id})


NOTES = Source(
    noun="note",
    label_plural="Notes",
    icon="note",
    permission="notes.view",
    describe=describe_notes,
    page=_page,
    url=_url,
    touched=_touched,
    types=frozenset({f"note.{verb}" for verb in TYPES} | set(OWNER_MOVED)),
    order=30,
)
