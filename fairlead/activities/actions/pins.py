"""Pin entries to the top of a timeline."""

from uuid import UUID

from django.db import transaction

from fairlead.activities import access
from fairlead.activities.models import Pin
from fairlead.events.public import record
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.people.public import timeline
from fairlead.tenancy.public import Actor

LIMIT = 20


@transaction.atomic
def pin(noun: str, record_id: UUID, event_id: UUID, *, by: Actor) -> Pin:
    """Pin an event of a record's timeline; a second time changes nothing. Raises `NotFound`, `Conflict` when full."""
    by.require("notes.edit")
    _check(noun, record_id, event_id, by)
    pins = Pin.rows().filter(record_id=record_id)
    if pins.count() >= LIMIT and not pins.filter(event_id=event_id).exists():
        raise Conflict(f"At most {LIMIT} entries can be pinned. Unpin one first.")
    made = Pin(noun=noun, record_id=record_id, event_id=event_id, pinned_by_id=by.membership_id)
    Pin.objects.bulk_create([made], ignore_conflicts=True)
    kept = Pin.rows().get(record_id=record_id, event_id=event_id)
    if kept.pk == made.pk:
        _record("activity.pinned", noun, record_id, event_id, by)
    return kept


@transaction.atomic
def unpin(noun: str, record_id: UUID, event_id: UUID, *, by: Actor) -> bool:
    """Take an entry down from the top; tells whether it was there."""
    by.require("notes.edit")
    access.record(by, noun, record_id)
    gone, _ = Pin.rows().filter(noun=noun, record_id=record_id, event_id=event_id).delete()
    if gone:
        _record("activity.unpinned", noun, record_id, event_id, by)
    return bool(gone)


def _check(noun: str, record_id: UUID, event_id: UUID, by: Actor) -> None:
    access.record(by, noun, record_id)
    if not timeline.events_of(by, timeline.Place(noun, record_id)).filter(pk=event_id).exists():
        raise NotFound


def _record(name: str, noun: str, record_id: UUID, event_id: UUID, by: Actor) -> None:
    contact = record_id if noun == "contact" else None
    company = record_id if noun == "company" else None
    record(name, by=by, subject=(noun, record_id), contact_id=contact, company_id=company,
           data={"event": str(event_id)})  # fmt: skip
