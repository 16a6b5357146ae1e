"""Move deals between stages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.people.public import record_values
from fairlead.sales import access, ranks, requirements
from fairlead.sales.actions import outcomes, staying
from fairlead.sales.actions.close_dates import note_close_date, shifted
from fairlead.sales.holding import hold_stages
from fairlead.sales.models import Deal, Outcome, Stage, StageStay
from fairlead.sales.telling import tell
from fairlead.tenancy.public import Actor


class MovedElsewhere(Conflict):
    """Somebody else moved the deal since you looked; the message says who moved it where."""

    code = "deal_moved"


@dataclass(frozen=True)
class Place:
    """Where in its new column a deal goes: between these two cards; without both, on top."""

    above: UUID | None = None
    below: UUID | None = None


@transaction.atomic
def move_deal(
    deal_id: UUID, stage_id: UUID, *, by: Actor, from_stage_id: UUID | None = None, version: int | None = None,
    place: Place | None = None, at: datetime | None = None,
) -> Deal:  # fmt: skip
    """Move a deal to a stage, of its own or another pipeline, or to another place in its column.

    The caller may say which stage, and which version, it saw: `MovedElsewhere` and `StaleVersion` when somebody was
    first. Going back to an earlier stage is a regression, marked and counted. Raises `InvalidInput` with the code
    `required_fields` that names what the stage still needs. A move to a won or lost stage wins or loses the deal.
    `at` is when it moved, now without it: what is brought in from elsewhere moved long ago.
    """
    hold_stages()
    deal = access.lock_deal(by, deal_id)
    _check_seen(deal, from_stage_id)
    record_values.check_version(deal, version)
    target = access.stage(by, stage_id)
    access.require_edit(by, target.pipeline)
    access.require_in_use(target.pipeline)
    if target.kind == Stage.Kind.WON:
        return outcomes.win_deal(deal_id, by=by, pipeline_id=target.pipeline_id, at=at)
    if target.kind == Stage.Kind.LOST:
        return outcomes.lose_deal(deal_id, by=by, pipeline_id=target.pipeline_id, at=at)
    if deal.outcome != Outcome.OPEN:
        raise Conflict(f"{deal.name} is closed. Reopen it to move it.", code="deal_closed")
    where = place or Place()
    deal.rank = ranks.between(target.pk, where.above, where.below)
    if target.pk == deal.stage_id:
        deal.save(update_fields=["rank", "updated_at"])
        return deal
    requirements.check(deal, target)
    _transfer(deal, target, by, at or clock.now())
    return deal


def _transfer(deal: Deal, target: Stage, by: Actor, now: datetime) -> None:
    source = deal.stage
    same = source.pipeline_id == target.pipeline_id
    back = same and target.position < source.position
    spent = int((now - deal.stage_entered_at).total_seconds())
    how = StageStay.Exit.BACKWARD if back else StageStay.Exit.FORWARD
    staying.leave(deal, how if same else StageStay.Exit.ELSEWHERE, at=now)
    staying.enter(deal, target, by=by, came_from=source, regression=back, at=now)
    if not back:
        staying.advance(deal, target, at=now)
    deal.regressions += int(back)
    deal.last_activity_at = now
    changed = ["pipeline", "stage", "stage_entered_at", "rank", "regressions", "last_activity_at"]
    if target.shift_close_days and deal.expected_close:
        before = deal.expected_close
        deal.expected_close = shifted(before, target.shift_close_days)
        note_close_date(deal, before, by=by)
        changed.append("expected_close")
    staying.bump(deal, *changed)
    data = {"from": source.name, "to": target.name, "from_id": str(source.pk), "to_id": str(target.pk)}
    tell("regressed" if back else "moved", deal, by, at=now, seconds=spent, regression=back, **data)


def _check_seen(deal: Deal, from_stage_id: UUID | None) -> None:
    if from_stage_id is None or from_stage_id == deal.stage_id:
        return
    stay = StageStay.rows().filter(deal=deal, left_at=None).first()
    who = stay.moved_by_label if stay else "Somebody"
    place = f"{deal.stage.name} in {deal.pipeline.name}"
    raise MovedElsewhere(f"{who} moved {deal.name} to {place} since you looked. It was left there.")


@transaction.atomic
def move_deals(deal_ids: list[UUID], stage_id: UUID, *, by: Actor) -> dict[UUID, UUID]:
    """Move many open deals to one open stage; returns the former stage of each that moved.

    Raises `InvalidInput` at the first deal that lacks what the stage needs.
    """
    moved: dict[UUID, UUID] = {}
    rows = access.deals(by).filter(pk__in=deal_ids, outcome=Outcome.OPEN).exclude(stage=stage_id).order_by("pk")
    for deal_id, stage in rows.values_list("pk", "stage_id"):
        move_deal(deal_id, stage_id, by=by)
        moved[deal_id] = stage
    return moved


def rehouse(deals: Iterable[Deal], *, by: Actor) -> None:
    """Bring open deals whose stage was deleted, or pipeline archived, meanwhile to the first stage there is.

    That is one of their own pipeline, else of the firm's first; without any, they stay where they are.
    """
    stages = Stage.rows().filter(kind=Stage.Kind.OPEN, archived_at=None, pipeline__archived_at=None)
    ordered = stages.select_related("pipeline").order_by("pipeline__position", "pipeline__name_norm", "position")
    for deal in deals:
        homeless = deal.stage.archived_at is not None or deal.pipeline.archived_at is not None
        if deal.outcome != Outcome.OPEN or not homeless:
            continue
        first = ordered.filter(pipeline=deal.pipeline_id).first() or ordered.first()
        if first is not None:
            deal.rank = ranks.top(first.pk)
            _transfer(deal, first, by, clock.now())


def open_stage(by: Actor, stage_id: UUID) -> Stage:
    """Return an open stage that deals may be moved to; raise `NotFound` or `InvalidInput`."""
    found = access.stage(by, stage_id)
    if found.kind != Stage.Kind.OPEN:
        raise InvalidInput({"stage": ["Choose an open stage; deals are won and lost one by one, with a reason."]})
    access.require_in_use(found.pipeline)
    return found
