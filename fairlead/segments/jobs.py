"""Background entry points of the segments room."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.events.public import Event, consumer
from fairlead.jobs.public import current_run, job
from fairlead.segments.actions import applying
from fairlead.segments.keeping import checking, following, passing, recounting
from fairlead.segments.keeping.judging import Judge
from fairlead.segments.keeping.moving import lock
from fairlead.segments.models import Segment, TagRule
from fairlead.tenancy.public import firm_context

RULED = frozenset({"segment.entered", "segment.left"})


@consumer(checking.CONSUMER, start="now")
def follow(events: Sequence[Event]) -> None:
    """Keep membership up to date with what happens."""
    following.follow(events)


@consumer("segments.rules", types=RULED, start="now")
def apply_rules(events: Sequence[Event]) -> None:
    """Tag, and assign personas to, those who entered or left a segment."""
    applying.apply(events)


@job("segments.pass_time", retries=3)
def pass_time(*, firm_id: UUID) -> None:
    """Move those whom time alone has moved."""
    with firm_context(firm_id):
        passing.let_time_pass()


@job("segments.recount", queue="bulk", retries=3)
def recount(*, firm_id: UUID, segment_id: UUID) -> None:
    """Compare everybody with a segment, a part at a time, until it is right."""
    done = False
    while not done:
        with firm_context(firm_id):
            lock()
            segment = Segment.rows().filter(pk=segment_id, status=Segment.Status.ACTIVE).first()
            judge = Judge()
            done = segment is None or not judge.can_ask(segment) or recounting.repair(segment, judge, "criteria")
        current_run().checkpoint()


@job("segments.check", queue="bulk", retries=2)
def check(*, firm_id: UUID) -> None:
    """Compare every segment with a full count, repair it and tell of differences."""
    with firm_context(firm_id):
        ids = list(Segment.rows().filter(status=Segment.Status.ACTIVE).order_by("pk").values_list("pk", flat=True))
    for pk in ids:
        with firm_context(firm_id):
            checking.check(pk)
        current_run().checkpoint()


@job("segments.apply_rule", queue="bulk", retries=3)
def apply_rule(*, firm_id: UUID, rule_id: UUID) -> None:
    """Apply a rule to those who are in its segment already."""
    after: UUID | None = None
    while True:
        with firm_context(firm_id):
            rule = TagRule.rows().filter(pk=rule_id, paused_at=None).first()
            after = applying.catch_up(rule, after) if rule is not None else None
        if after is None:
            return
        current_run().checkpoint()


@job("segments.assign_persona", queue="bulk", retries=3)
def assign_persona(*, firm_id: UUID, persona_id: UUID) -> None:
    """Bring the assignments of a persona in line with its segment."""
    with firm_context(firm_id):
        applying.align_persona(persona_id)
