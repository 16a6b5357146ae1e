"""Background entry points of the segments room; that of a recount stands with the counting."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.events.public import Event, consumer
from fairlead.jobs.public import current_run, job
from fairlead.segments.actions import applying
from fairlead.segments.keeping import checking, following, passing
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
