"""Write, change, delete and restore notes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts.public import Membership
from fairlead.activities import access, richtext
from fairlead.activities.access import About
from fairlead.activities.models import Note, NoteLink, NoteMention, NoteRevision
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people.public import touch_activity
from fairlead.records.public import Record
from fairlead.tenancy.public import Actor

PREVIEW = 300
RECORDS = 50
Found = dict[UUID, tuple[str, Record]]


@transaction.atomic
def write_note(body: str, about: Sequence[About], *, by: Actor, occurred_at: datetime | None = None) -> Note:
    """Write a note about one or several records, given as (noun, id). `body` is HTML; what the editor cannot make
    is taken out. Raises `InvalidInput` for an empty text and `NotFound` for a record that the actor may not see.
    """
    by.require("notes.edit")
    cleaned = _clean(body)
    found = _found(about, by)
    now = clock.now()
    note = Note(body=cleaned, text=richtext.plain(cleaned), author_id=by.membership_id, occurred_at=occurred_at or now)
    note.save(force_insert=True)
    NoteLink.objects.bulk_create([NoteLink(note=note, noun=noun, record_id=pk) for noun, pk in about])
    first, *others = about
    events = [_event("note.written", note, first, found)]
    events += [_event("note.associated", note, place, found) for place in others]
    record_many(events + _mention(note, first, found, by), by=by)
    touch_activity(about, note.occurred_at)
    return note


@transaction.atomic
def edit_note(note_id: UUID, body: str, *, by: Actor, version: int | None = None) -> Note:
    """Change a note; what it said before is kept. Raises `StaleVersion` when somebody else was faster."""
    note = _own(note_id, by)
    if version is not None and version != note.version:
        raise StaleVersion("Somebody changed this note since you opened it.", current=note.version)
    cleaned = _clean(body)
    if cleaned == note.body:
        return note
    NoteRevision.objects.create(note=note, body=note.body, version=note.version, edited_by_id=by.membership_id)
    note.body, note.text, note.version = cleaned, richtext.plain(cleaned), note.version + 1
    note.save(update_fields=["body", "text", "version", "updated_at"])
    place, found = _place(note, by)
    record_many([_event("note.edited", note, place, found), *_mention(note, place, found, by)], by=by)
    return note


@transaction.atomic
def revert_note(note_id: UUID, to_version: int, *, by: Actor) -> Note:
    """Make a note say again what it said in an earlier version; that too is a change. Raises `NotFound`."""
    note = access.note(by, note_id)
    revision = NoteRevision.rows().filter(note=note, version=to_version).first()
    if revision is None:
        raise NotFound
    return edit_note(note_id, revision.body, by=by)


@transaction.atomic
def delete_note(note_id: UUID, *, by: Actor) -> Note:
    """Delete a note; `restore_note` brings it back."""
    note = _own(note_id, by)
    place, found = _place(note, by)
    note.deleted_at, note.deleted_by_id = clock.now(), by.membership_id
    note.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
    record_many([_event("note.deleted", note, place, found, text="")], by=by)
    return note


@transaction.atomic
def restore_note(note_id: UUID, *, by: Actor) -> Note:
    """Bring a deleted note back."""
    note = access.deleted_note(by, note_id)
    _require_own(note, by)
    note.deleted_at = note.deleted_by = None
    note.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
    place, found = _place(note, by)
    record_many([_event("note.restored", note, place, found, text="")], by=by)
    return note


@transaction.atomic
def associate_note(note_id: UUID, about: Sequence[About], *, by: Actor) -> int:
    """Put a note on further records; returns on how many it was not before."""
    by.require("notes.edit")
    note = access.note(by, note_id, lock=True)
    found = _found(about, by)
    there = set(NoteLink.rows().filter(note=note).values_list("record_id", flat=True))
    new = [place for place in about if place[1] not in there]
    NoteLink.objects.bulk_create([NoteLink(note=note, noun=noun, record_id=pk) for noun, pk in new])
    record_many([_event("note.associated", note, place, found) for place in new], by=by)
    touch_activity(new, note.occurred_at)
    return len(new)


@transaction.atomic
def dissociate_note(note_id: UUID, noun: str, record_id: UUID, *, by: Actor) -> None:
    """Take a note off a record; off its last one it cannot be taken, only deleted."""
    note = _own(note_id, by)
    links = NoteLink.rows().filter(note=note)
    link = links.filter(noun=noun, record_id=record_id).first()
    if link is None:
        raise NotFound
    if links.count() == 1:
        raise InvalidInput("A note stands on at least one record. Delete the note instead.")
    found = access.records(by, [(noun, record_id)])
    link.delete()
    record_many([_event("note.dissociated", note, (noun, record_id), found, text="")], by=by)


def _clean(body: str) -> str:
    if len(body) > richtext.LIMIT:
        raise InvalidInput({"body": [f"At most {richtext.LIMIT:,} characters fit."]})
    cleaned = richtext.clean(body.replace("\x00", ""))
    if not richtext.plain(cleaned):
        raise InvalidInput({"body": ["Write something."]})
    return cleaned


def _found(about: Sequence[About], by: Actor) -> Found:
    if not 0 < len(about) <= RECORDS or len({pk for _, pk in about}) != len(about):
        raise InvalidInput({"about": [f"Choose 1 to {RECORDS} different records that the note is about."]})
    found = access.records(by, about)
    if any(pk not in found or found[pk][0] != noun for noun, pk in about):
        raise NotFound
    return found


def _own(note_id: UUID, by: Actor) -> Note:
    by.require("notes.edit")
    note = access.note(by, note_id, lock=True)
    _require_own(note, by)
    return note


def _require_own(note: Note, by: Actor) -> None:
    if note.author_id != by.membership_id and not by.can("notes.manage"):
        raise Forbidden("Only its author, or a manager, can change a note.")


def _place(note: Note, by: Actor) -> tuple[About, Found]:
    """Return the first record of the note that the actor may see, for the events about the note itself."""
    links: Iterable[Any] = (
        NoteLink.rows().filter(note=note).order_by("created_at", "id").values_list("noun", "record_id")
    )
    about = [(noun, pk) for noun, pk in links]
    found = access.records(by, about)
    return next(((n, pk) for n, pk in about if pk in found), about[0]), found


def _event(name: str, note: Note, place: About, found: Found, *, text: str | None = None) -> NewEvent:
    noun, pk = place
    record = found[pk][1] if pk in found else None
    contact = pk if noun == "contact" else None
    company = pk if noun == "company" else getattr(record, "company_id", None)
    data = {"note": str(note.id), "text": note.text[:PREVIEW] if text is None else text}
    moment = note.occurred_at if name in ("note.written", "note.associated") else None
    return NewEvent(name, (noun, pk), contact, company, {k: v for k, v in data.items() if v}, moment)


def _mention(note: Note, place: About, found: Found, by: Actor) -> list[NewEvent]:
    named = Membership.rows().filter(pk__in=richtext.mentioned(note.body), deactivated_at=None).select_related("user")
    known = set(NoteMention.rows().filter(note=note).values_list("membership_id", flat=True))
    new = [m for m in named if m.pk not in known]
    NoteMention.objects.bulk_create([NoteMention(note=note, membership=m) for m in new])
    events = []
    for member in new:
        event = _event("note.mentioned", note, place, found, text="")
        event.data = {**event.data, "name": member.user.name, "member": str(member.pk)}
        events.append(event)
    return events
