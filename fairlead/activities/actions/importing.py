"""Notes that come with an import: many at once, each once."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from fairlead.activities import richtext
from fairlead.activities.models import Activity, ActivityLink
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.people.public import Contact
from fairlead.tenancy.public import Actor

Wanted = Sequence[tuple[UUID, str]]


def missing_notes(noun: str, wanted: Wanted) -> list[bool]:
    """Tell for each (record, plain text) whether the record has no note that says exactly this."""
    records = {record_id for record_id, _ in wanted}
    links = ActivityLink.rows().filter(
        noun=noun, record_id__in=records, activity__kind="note", activity__deleted_at=None
    )
    there = set(links.values_list("record_id", "activity__text"))
    return [(record_id, _said(text)) not in there for record_id, text in wanted]


@transaction.atomic
def write_notes(noun: str, wanted: Wanted, *, by: Actor) -> list[UUID]:
    """Write a note of plain text on each record, in a few statements; return their ids in the same order."""
    by.require("notes.edit")
    now = clock.now()
    bodies = [richtext.from_plain(text) for _, text in wanted]
    notes = [Activity(body=b, text=richtext.plain(b), author_id=by.membership_id, occurred_at=now) for b in bodies]
    Activity.objects.bulk_create(notes, batch_size=2_000)
    ActivityLink.objects.bulk_create(
        [ActivityLink(activity=n, noun=noun, record_id=pk) for n, (pk, _) in zip(notes, wanted, strict=True)],
        batch_size=2_000,
    )
    at = _employers(noun, wanted)
    record_many([_event(noun, n, pk, at.get(pk)) for n, (pk, _) in zip(notes, wanted, strict=True)], by=by)
    return [n.id for n in notes]


@transaction.atomic
def unwrite_notes(note_ids: Sequence[UUID], *, by: Actor) -> int:
    """Delete imported notes that nobody has changed since; returns how many."""
    by.require("notes.edit")
    rows = Activity.rows().filter(pk__in=note_ids, version=1)
    found = list(
        ActivityLink.rows()
        .filter(Exists(rows.filter(pk=OuterRef("activity_id"))))
        .values_list("activity_id", "noun", "record_id")
    )
    record_many(
        [NewEvent("note.deleted", (n, pk), contact_id=pk if n == "contact" else None, data={"activity": str(note)})
         for note, n, pk in found], by=by,
    )  # fmt: skip
    return rows.update(deleted_at=clock.now(), deleted_by_id=by.membership_id)


def _said(text: str) -> str:
    return richtext.plain(richtext.from_plain(text))


def _employers(noun: str, wanted: Wanted) -> dict[UUID, UUID]:
    """Return the companies that the people are with: their notes stand on its timeline too."""
    rows = Contact.rows().filter(pk__in={pk for pk, _ in wanted}, company__isnull=False)
    return dict(rows.values_list("pk", "company_id")) if noun == "contact" else {}


def _event(noun: str, note: Activity, record_id: UUID, employer: UUID | None) -> NewEvent:
    contact = record_id if noun == "contact" else None
    company = record_id if noun == "company" else employer
    data = {"activity": str(note.id), "text": note.text[:300]}
    # At the note's own moment: a timeline draws an activity where it stands, and nowhere else.
    return NewEvent("note.written", (noun, record_id), contact, company, data, note.occurred_at)
