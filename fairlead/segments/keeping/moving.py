"""Entering and leaving: the rows, the sizes and the events, together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.ids import uuid7
from fairlead.notifications.public import tell
from fairlead.segments.models import Segment
from fairlead.tenancy.public import Actor, Firm, advisory

_ENTER = """
INSERT INTO segments_segmentmember (firm_id, segment_id, contact_id, entered_at, why, cause)
SELECT %(firm)s, m.segment, m.contact, %(now)s, m.why, m.cause
FROM unnest(%(segments)s::uuid[], %(contacts)s::uuid[], %(whys)s::text[], %(causes)s::uuid[])
    AS m(segment, contact, why, cause)
ON CONFLICT DO NOTHING RETURNING segment_id, contact_id
"""
_LEAVE = """
DELETE FROM segments_segmentmember k USING unnest(%(segments)s::uuid[], %(contacts)s::uuid[]) AS m(segment, contact)
WHERE k.firm_id = %(firm)s AND k.segment_id = m.segment AND k.contact_id = m.contact
RETURNING k.segment_id, k.contact_id
"""
_RESIZE = """
UPDATE segments_segment s SET size = s.size + d.delta, changed_at = %(now)s
FROM unnest(%(segments)s::uuid[], %(deltas)s::int[]) AS d(segment, delta) WHERE s.id = d.segment
"""
_DAYS = """
INSERT INTO segments_segmentsize AS z (id, firm_id, created_at, updated_at, segment_id, day, size, entered, "left")
SELECT d.id, %(firm)s, %(now)s, %(now)s, d.segment, %(day)s, s.size, d.entered, d.gone
FROM unnest(%(ids)s::uuid[], %(segments)s::uuid[], %(entered)s::int[], %(gone)s::int[])
    AS d(id, segment, entered, gone)
JOIN segments_segment s ON s.id = d.segment
ON CONFLICT (firm_id, segment_id, day) DO UPDATE SET size = excluded.size, updated_at = excluded.updated_at,
    entered = z.entered + excluded.entered, "left" = z."left" + excluded."left"
"""
BATCH = 5_000
TOPIC = "segments"  # what open pages of segments listen to


@dataclass(frozen=True, slots=True)
class Move:
    """One contact that enters or leaves a segment: `why` is an event's type or a word of ours, `cause` that event."""

    segment: UUID
    contact: UUID
    why: str
    cause: UUID | None = None


def lock() -> None:
    """Let one transaction of the firm at a time move people by criteria: none then sees half of another's work."""
    advisory.exclusive("segments.moves")


def move(
    segments: Mapping[UUID, Segment], entering: Sequence[Move], leaving: Sequence[Move], *, by: Actor
) -> tuple[int, int]:
    """Write the moves that are none yet, with an event each; return how many entered and left."""
    entered = _changed(_ENTER, entering, by)
    left = _changed(_LEAVE, leaving, by)
    if not entered and not left:
        return 0, 0
    resize(Counter(m.segment for m in entered), Counter(m.segment for m in left), by=by)
    verdict = "machine" if by.kind == "system" else "human"
    events = [_event("segment.entered", segments[m.segment], m, verdict) for m in entered]
    events += [_event("segment.left", segments[m.segment], m, verdict) for m in left]
    for start in range(0, len(events), BATCH):
        record_many(events[start : start + BATCH], by=by)
    return len(entered), len(left)


def resize(entered: Mapping[UUID, int], left: Mapping[UUID, int], *, by: Actor) -> None:
    """Move the sizes of segments, write them down for today and let open pages show them."""
    ids, now = sorted({*entered, *left}), clock.now()
    values: dict[str, Any] = {
        "firm": by.firm_id, "now": now, "day": day_of(by.firm_id, now), "segments": ids, "ids": [uuid7() for _ in ids],
        "entered": [entered.get(pk, 0) for pk in ids], "gone": [left.get(pk, 0) for pk in ids],
        "deltas": [entered.get(pk, 0) - left.get(pk, 0) for pk in ids],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RESIZE, values)
        cursor.execute(_DAYS, values)
    tell(None, TOPIC)


def day_of(firm_id: UUID, moment: datetime) -> date:
    """Return the firm's date at a moment."""
    zone = Firm.objects.values_list("time_zone", flat=True).get(pk=firm_id)
    return moment.astimezone(ZoneInfo(zone)).date()


def _changed(statement: str, moves: Sequence[Move], by: Actor) -> list[Move]:
    if not moves:
        return []
    values: dict[str, Any] = {
        "firm": by.firm_id, "now": clock.now(), "segments": [m.segment for m in moves],
        "contacts": [m.contact for m in moves], "whys": [m.why for m in moves], "causes": [m.cause for m in moves],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed = set(cursor.fetchall())
    return [m for m in moves if (m.segment, m.contact) in changed]


def _event(name: str, segment: Segment, moved: Move, verdict: str) -> NewEvent:
    data = {"segment": segment.name, "segment_id": str(segment.pk), "why": moved.why}
    contact = moved.contact
    return NewEvent(name, ("contact", contact), contact, data=data, verdict=verdict, cause=moved.cause)
