"""Bringing many deals to one stage as sets: what `moving` does for one, in a few statements for a thousand."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.sales import ranks, requirements, tallies
from fairlead.sales.actions import close_dates, staying
from fairlead.sales.models import Deal, Stage, StageStay
from fairlead.sales.telling import event
from fairlead.tenancy.public import Actor, require_firm

CHUNK = 1_000
_LEAVE = """
UPDATE sales_stagestay s SET left_at = %(now)s, updated_at = %(now)s, exit = v.how,
    seconds = greatest(0, trunc(extract(epoch FROM %(now)s - s.entered_at)))::bigint
FROM unnest(%(deals)s::uuid[], %(hows)s::text[]) AS v(deal, how)
WHERE s.firm_id = %(firm)s AND s.deal_id = v.deal AND s.left_at IS NULL
"""
_MOVE = """
UPDATE sales_deal d SET pipeline_id = %(pipeline)s, stage_id = %(stage)s, stage_entered_at = %(now)s,
    last_activity_at = %(now)s, updated_at = %(now)s, rank = v.rank, regressions = d.regressions + v.back,
    version = d.version + 1, expected_close = v.close
FROM unnest(%(deals)s::uuid[], %(ranks)s::float[], %(backs)s::int[], %(closes)s::date[]) AS v(deal, rank, back, close)
WHERE d.firm_id = %(firm)s AND d.id = v.deal
"""


def move_out(deals: QuerySet[Deal], target: Stage, *, by: Actor, limit: int | None = None) -> int:
    """Move open deals, all or `limit` of them, on top of a stage's column, the last one to the very top.

    Returns how many. Raises `InvalidInput` at the first deal that lacks what the target needs.
    """
    rows = deals.select_related("stage").order_by("pk").select_for_update(of=("self",), no_key=True)
    found = list(rows[:limit])
    requirements.check_all(Deal.rows().filter(pk__in=[deal.pk for deal in found]), target)
    for start in range(0, len(found), CHUNK):
        _move(found[start : start + CHUNK], target, by, clock.now())
    return len(found)


def _move(deals: Sequence[Deal], target: Stage, by: Actor, now: datetime) -> None:
    backs = [_is_back(deal, target) for deal in deals]
    _leave(deals, target, backs, now)
    _enter(deals, target, backs, by, now)
    _advance([deal.pk for deal, back in zip(deals, backs, strict=True) if not back], target, now)
    told = [_told(d, target, back, now) for d, back in zip(deals, backs, strict=True)]
    if target.shift_close_days:
        told = [*close_dates.shift_all(deals, target.shift_close_days, by=by, at=now), *told]
    first = ranks.top(target.pk)
    _execute(
        _MOVE, deals=[d.pk for d in deals], pipeline=target.pipeline_id, stage=target.pk, now=now,
        ranks=[first - n for n in range(len(deals))], backs=[int(back) for back in backs],
        closes=[d.expected_close for d in deals],
    )  # fmt: skip
    record_many(told, by=by)


def _is_back(deal: Deal, target: Stage) -> bool:
    same = deal.stage.pipeline_id == target.pipeline_id
    return bool(same and target.position < deal.stage.position)


def _leave(deals: Sequence[Deal], target: Stage, backs: Sequence[bool], now: datetime) -> None:
    def how(deal: Deal, back: bool) -> str:
        if deal.stage.pipeline_id != target.pipeline_id:
            return StageStay.Exit.ELSEWHERE.value
        return (StageStay.Exit.BACKWARD if back else StageStay.Exit.FORWARD).value

    ids = [deal.pk for deal in deals]
    ending = list(StageStay.rows().filter(deal__in=ids, left_at=None).values_list("pk", flat=True))
    with tallies.following(ending):
        _execute(_LEAVE, deals=ids, hows=[how(d, back) for d, back in zip(deals, backs, strict=True)], now=now)


def _enter(deals: Sequence[Deal], target: Stage, backs: Sequence[bool], by: Actor, now: datetime) -> None:
    rates, ids = staying.rates_at(now), [deal.pk for deal in deals]
    visits = Counter(StageStay.rows().filter(deal__in=ids, stage=target).values_list("deal_id", flat=True))
    stays = [
        StageStay(
            deal=deal, pipeline_id=target.pipeline_id, stage=target, from_stage=deal.stage, owner_id=deal.owner_id,
            entered_at=now, moved_by_id=by.membership_id, moved_by_label=by.label, visit=visits[deal.pk] + 1,
            is_regression=back, is_foreign=deal.currency != rates.home, **staying.worth_by(deal, rates),
        )
        for deal, back in zip(deals, backs, strict=True)
    ]  # fmt: skip
    StageStay.objects.bulk_create(stays)
    tallies.add(*(stay.pk for stay in stays))


def _advance(ids: Sequence[UUID], beyond: Stage, now: datetime) -> None:
    rows = staying.not_yet_beyond(ids, beyond)
    passed = list(rows.values_list("pk", flat=True))
    with tallies.following(passed):
        rows.filter(pk__in=passed).update(advanced_at=now)


def _told(deal: Deal, target: Stage, back: bool, now: datetime) -> NewEvent:
    source, spent = deal.stage, int((now - deal.stage_entered_at).total_seconds())
    deal.pipeline, deal.stage, deal.stage_entered_at = target.pipeline, target, now
    data = {"from": source.name, "to": target.name, "from_id": str(source.pk), "to_id": str(target.pk)}
    made = event("regressed" if back else "moved", deal, seconds=spent, regression=back, **data)
    made.occurred_at = now
    return made


def _execute(statement: str, **given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"firm": require_firm(), **given})
