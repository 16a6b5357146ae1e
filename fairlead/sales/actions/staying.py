"""The stays of deals in stages: written by every verb that brings a deal somewhere."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from fairlead.kernel import clock
from fairlead.sales import currencies, tallies
from fairlead.sales.models import CloseDateChange, Deal, Loss, Stage, StageStay, Win
from fairlead.tenancy.public import Actor


def enter(
    deal: Deal, stage: Stage, *, by: Actor, came_from: Stage | None = None, regression: bool = False,
    at: datetime | None = None,
) -> StageStay:  # fmt: skip
    """Begin the stay of a deal in a stage; sets pipeline, stage and time on the deal, which the caller saves."""
    moment = at or clock.now()
    rates = rates_at(moment)
    deal.pipeline, deal.stage, deal.stage_entered_at = stage.pipeline, stage, moment
    visits = StageStay.rows().filter(deal=deal, stage=stage).count() if came_from else 0
    stay: StageStay = StageStay.objects.create(
        deal=deal, pipeline_id=stage.pipeline_id, stage=stage, from_stage=came_from, owner_id=deal.owner_id,
        entered_at=moment, moved_by_id=by.membership_id, moved_by_label=by.label, visit=visits + 1,
        is_regression=regression, **worth_by(deal, rates), is_foreign=deal.currency != rates.home,
    )  # fmt: skip
    tallies.add(stay.pk)
    return stay


def leave(deal: Deal, how: str, *, at: datetime | None = None) -> None:
    """End the stay of a deal in its stage."""
    moment = at or clock.now()
    for stay in StageStay.rows().filter(deal=deal, left_at=None):
        stay.left_at, stay.exit = moment, how
        stay.seconds = max(0, int((moment - stay.entered_at).total_seconds()))
        with tallies.following([stay.pk]):
            stay.save(update_fields=["left_at", "exit", "seconds", "updated_at"])


def advance(deal: Deal, beyond: Stage, *, at: datetime | None = None) -> None:
    """Note on the first visits of all stages before `beyond` that the deal got further."""
    rows = not_yet_beyond([deal.pk], beyond)
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        with tallies.following(ids):
            rows.filter(pk__in=ids).update(advanced_at=at or clock.now())


def not_yet_beyond(deal_ids: Sequence[UUID], beyond: Stage) -> QuerySet[StageStay]:
    """Return the first visits of deals to stages before `beyond` of which it is not noted that they got further."""
    earlier = Stage.rows().filter(
        pipeline=beyond.pipeline_id, position__lt=beyond.position, kind=Stage.Kind.OPEN, archived_at=None
    )  # fmt: skip
    rows = StageStay.rows().filter(deal__in=deal_ids, visit=1, advanced_at=None)
    return rows.filter(stage__in=earlier.values("pk"))


def take_back_end(deal: Deal, source: Stage, at: datetime) -> None:
    """Let the end that a deal came to from `source`, at a moment, no longer count in the funnel: it is reopened."""
    stays = StageStay.rows().filter(deal=deal, pipeline_id=source.pipeline_id)
    beyond = stays.filter(advanced_at__gte=at, stage__position__gte=source.position)
    won = list(beyond.values_list("pk", flat=True))
    lost = list(stays.filter(stage=source, exit=StageStay.Exit.LOST).values_list("pk", flat=True))
    with tallies.following(list({*won, *lost})):
        StageStay.rows().filter(pk__in=won).update(advanced_at=None)
        StageStay.rows().filter(pk__in=lost).update(exit=StageStay.Exit.REOPENED)


def set_live(deal_ids: Sequence[UUID], *, live: bool) -> None:
    """Count the history of deals, or leave it out while they are in the bin."""
    stays = StageStay.rows().filter(deal_id__in=list(deal_ids))
    with tallies.following(list(stays.values_list("pk", flat=True))):
        stays.update(is_live=live)
    for model in (Win, Loss, CloseDateChange):
        model.rows().filter(deal_id__in=list(deal_ids)).update(is_live=live)


def worth(deal: Deal, at: datetime | None = None) -> dict[str, Any]:
    """Return what a history row keeps of the deal's value: as it is, and in the firm's currency at the rate of the day.

    Worth and rate are None without a value or a rate.
    """
    return worth_by(deal, rates_at(at or clock.now()))


def rates_at(moment: datetime) -> currencies.Rates:
    """Return the rates of the day (UTC) of a moment."""
    return currencies.rates(moment.astimezone(UTC).date(), hold=True)


def worth_by(deal: Deal, rates: currencies.Rates) -> dict[str, Any]:
    """Return what `worth` does, by rates that are known."""
    rate = rates.of(deal.currency)
    worth = None if deal.value is None else rates.worth(deal.value, deal.currency)
    return {
        "value": deal.value, "currency": deal.currency, "rate": round(rate.rate, 10) if rate else None,
        "base_value": worth,
    }  # fmt: skip


def bump(deal: Deal, *fields: str) -> None:
    """Save the named fields of a deal with the next version."""
    Deal.rows().filter(pk=deal.pk).update(version=F("version") + 1)
    deal.version += 1
    deal.last_activity_at = clock.now()
    deal.save(update_fields=[*fields, "last_activity_at", "updated_at"])
