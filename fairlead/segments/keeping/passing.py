"""What time alone moves: who falls out of a window, whose birthday comes near. Nobody else is looked at."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from fairlead.records.public import trees
from fairlead.segments.keeping.dependencies import TIME
from fairlead.segments.keeping.following import active, reconcile
from fairlead.segments.keeping.judging import Judge
from fairlead.segments.keeping.moving import lock
from fairlead.segments.models import Segment, SegmentDependency


def let_time_pass() -> tuple[int, int]:
    """Move those whom time has moved since the last look; return how many entered and left."""
    timed = set(SegmentDependency.rows().filter(key=TIME).values_list("segment_id", flat=True))
    if not timed:
        return 0, 0
    lock()
    segments, judge = active(), Judge()
    plan = {pk: set(candidates(segments[pk], judge)) for pk in timed & set(segments)}
    moved = reconcile(segments, {pk: ids for pk, ids in plan.items() if ids}, {}, judge, why="time")
    now = judge.context.now
    Segment.rows().filter(pk__in=list(plan), problem="", timed_at__lt=now).update(timed_at=now)
    return moved


def candidates(segment: Segment, judge: Judge) -> Iterator[UUID]:
    """Yield the contacts for whom some condition may have changed since the segment's last look."""
    asked, now = judge.criteria(segment), judge.context
    if asked is not None and segment.timed_at < now.now:
        before = replace(now, now=segment.timed_at)
        for leaf in trees.leaves(asked.node):
            yield from trees.crossing(judge.noun, leaf, before, now)
