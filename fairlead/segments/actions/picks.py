"""Put people into static segments and take them out."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.ids import uuid7
from fairlead.people.public import access as people
from fairlead.segments import access
from fairlead.segments.keeping.moving import Move, move
from fairlead.segments.models import Segment, SegmentPick
from fairlead.tenancy.public import Actor

WHY = "hand"
_PICK = """
INSERT INTO segments_segmentpick (id, firm_id, created_at, updated_at, segment_id, contact_id, picked_by_id)
SELECT p.id, %(firm)s, %(now)s, %(now)s, %(segment)s, p.contact, %(by)s
FROM unnest(%(ids)s::uuid[], %(contacts)s::uuid[]) AS p(id, contact) ON CONFLICT DO NOTHING
"""


@transaction.atomic
def add_people(segment_id: UUID, contact_ids: Sequence[UUID], *, by: Actor) -> int:
    """Put the contacts that the actor may see into a static segment; returns how many were not there before."""
    found = _static(segment_id, by)
    ids = _locked(contact_ids, by)
    values: dict[str, Any] = {
        "firm": by.firm_id, "now": clock.now(), "segment": found.pk, "by": by.membership_id, "contacts": ids,
        "ids": [uuid7() for _ in ids],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_PICK, values)
    entered, _ = move({found.pk: found}, [Move(found.pk, pk, WHY) for pk in ids], [], by=by)
    return entered


@transaction.atomic
def remove_people(segment_id: UUID, contact_ids: Sequence[UUID], *, by: Actor) -> int:
    """Take the contacts that the actor may see out of a static segment; returns how many were there."""
    found = _static(segment_id, by)
    ids = _locked(contact_ids, by)
    SegmentPick.rows().filter(segment=found, contact__in=ids).delete()
    _, left = move({found.pk: found}, [], [Move(found.pk, pk, WHY) for pk in ids], by=by)
    return left


def _static(segment_id: UUID, by: Actor) -> Segment:
    by.require("contacts.edit")
    found = access.segment(by, segment_id)
    if found.kind != Segment.Kind.STATIC:
        raise InvalidInput({"segment": [f"{found.name} is dynamic: its criteria decide who is in it."]})
    if found.status == Segment.Status.ARCHIVED:
        raise Conflict(f"The segment {found.name} is archived.")
    return found


def _locked(ids: Sequence[UUID], by: Actor) -> list[UUID]:
    rows = people.contacts(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(rows.values_list("pk", flat=True))
