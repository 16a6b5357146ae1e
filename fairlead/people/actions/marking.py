"""What everybody does who puts tags on records or takes them off: count, and tell."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import F

from fairlead.events.public import NewEvent
from fairlead.people.models import Tag


def count(deltas: Mapping[UUID, int]) -> None:
    """Add to how many living records carry which tag; in the order of the ids, last in a transaction."""
    for tag_id in sorted(deltas):
        Tag.rows().filter(pk=tag_id).update(usage_count=F("usage_count") + deltas[tag_id])


def mark_event(name: str, noun: str, record_id: UUID, tag: Tag, **data: object) -> NewEvent:
    """Return the event of a tag put on or taken off a record."""
    contact = record_id if noun == "contact" else None
    company = record_id if noun == "company" else None
    return NewEvent(name, (noun, record_id), contact, company, {"tag": tag.name, "tag_id": str(tag.id), **data})
