"""The full count: everybody who belongs into a segment beside everybody who is in it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from fairlead.jobs.public import current_run, enqueue, job
from fairlead.kernel import clock
from fairlead.segments.keeping.judging import Judge
from fairlead.segments.keeping.moving import Move, lock, move, resize
from fairlead.segments.models import Segment, SegmentMember
from fairlead.tenancy.public import firm_context, require_firm

CHUNK = 50_000
Difference = tuple[list[UUID], list[UUID]]
_DIFFERENCE = """
SELECT coalesce(b.id, m.contact_id), b.id IS NOT NULL
FROM (/*everybody*/) AS b(id)
FULL JOIN (SELECT contact_id FROM segments_segmentmember WHERE firm_id = %s AND segment_id = %s) m
    ON m.contact_id = b.id
WHERE b.id IS NULL OR m.contact_id IS NULL LIMIT %s
"""


def difference(segment: Segment, judge: Judge, *, limit: int = CHUNK) -> Difference:
    """Return who is missing in the segment and who is there too many, in one statement about as long as the count."""
    sql, params = judge.everybody(segment)
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCE.replace("/*everybody*/", sql), [*params, require_firm(), segment.pk, limit])
        rows = cursor.fetchall()
    return [pk for pk, belongs in rows if belongs], [pk for pk, belongs in rows if not belongs]


def repair(segment: Segment, judge: Judge, why: str, found: Difference | None = None) -> bool:
    """Move up to a chunk of those who are wrong, or who `found` says are; tell whether the segment is right now.

    The caller holds the lock of `moving`. Those who depend on this segment follow by the events.
    """
    missing, extra = found or difference(segment, judge)
    entering = [Move(segment.pk, pk, why) for pk in missing]
    leaving = [Move(segment.pk, pk, why) for pk in extra]
    move({segment.pk: segment}, entering, leaving, by=judge.actor)
    if len(missing) + len(extra) == CHUNK:
        return False
    settle(segment, judge)
    return True


def settle(segment: Segment, judge: Judge) -> None:
    """Write down that the segment is right at the judge's moment, with its size counted and not summed."""
    size = SegmentMember.rows().filter(segment_id=segment.pk).count()
    now = judge.context.now
    Segment.rows().filter(pk=segment.pk).update(size=size, counted_at=now, timed_at=now, stale_since=None)
    resize({segment.pk: 0}, {}, by=judge.actor)


def make_stale(ids: Iterable[UUID]) -> None:
    """Have segments recounted in the background."""
    now = clock.now()
    for pk in sorted(ids):
        Segment.rows().filter(pk=pk, stale_since=None).update(stale_since=now)
        enqueue(recount, firm_id=require_firm(), unique=f"segment:{pk}", segment_id=pk)


@job("segments.recount", queue="bulk", retries=3)
def recount(*, firm_id: UUID, segment_id: UUID) -> None:
    """Compare everybody with a segment, a part at a time, until it is right."""
    done = False
    while not done:
        with firm_context(firm_id):
            lock()
            segment = Segment.rows().filter(pk=segment_id, status=Segment.Status.ACTIVE).first()
            judge = Judge()
            done = segment is None or not judge.can_ask(segment) or repair(segment, judge, "criteria")
        current_run().checkpoint()
