"""The nightly comparison: what was kept beside what is true. A difference is a defect: told and repaired."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.events.public import record, unread
from fairlead.segments.keeping.judging import Judge
from fairlead.segments.keeping.moving import lock
from fairlead.segments.keeping.passing import candidates
from fairlead.segments.keeping.recounting import difference, repair
from fairlead.segments.keeping.touching import touched
from fairlead.segments.models import Segment, SegmentDefect

CONSUMER, SAMPLE = "segments", 20


def check(segment_id: UUID) -> SegmentDefect | None:
    """Compare one segment, repair it, and return the defect that was found.

    No defect is what the consumer has not read yet, what time has moved since its last look, or a recount that was
    due anyway; these are moved all the same.
    """
    lock()  # the consumer and the clock wait, so that what is unread now was unread for the comparison too
    segment = Segment.rows().filter(pk=segment_id, status=Segment.Status.ACTIVE).first()
    judge = Judge()
    if segment is None or not judge.can_ask(segment):
        return None
    missing, extra = difference(segment, judge)
    defect = None
    if (missing or extra) and segment.stale_since is None:
        defect = _judged(segment, missing, extra, judge)
    repair(segment, judge, "repair" if defect else "recount", (missing, extra))
    return defect


def _judged(segment: Segment, missing: Sequence[UUID], extra: Sequence[UUID], judge: Judge) -> SegmentDefect | None:
    waiting = unread(CONSUMER)
    if waiting is None:
        return None  # the consumer is far behind, and its own health check says so; or it has not begun
    found = touched(waiting)
    if found.whole:
        return None
    excused = {*found.contacts, *candidates(segment, judge)}
    missing, extra = ([pk for pk in ids if pk not in excused] for ids in (missing, extra))
    return _tell(segment, missing, extra, judge) if missing or extra else None


def _tell(segment: Segment, missing: Sequence[UUID], extra: Sequence[UUID], judge: Judge) -> SegmentDefect:
    sample = [str(pk) for pk in [*missing, *extra][:SAMPLE]]
    made = SegmentDefect.objects.create(segment=segment, missing=len(missing), extra=len(extra), sample=sample)
    data = {"segment": segment.name, "segment_id": str(segment.pk), "missing": len(missing), "extra": len(extra),
            "sample": sample}  # fmt: skip
    record("segment.repaired", by=judge.actor, subject=("segment", segment.pk), data=data, verdict="machine")
    defect: SegmentDefect = made
    return defect
