"""The expected close date of deals, with every change of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.sales import access
from fairlead.sales.actions import staying
from fairlead.sales.currencies import Rates
from fairlead.sales.models import CloseDateChange, Deal
from fairlead.sales.telling import event
from fairlead.tenancy.public import Actor, firm_today

FURTHEST = 3_650  # days


@transaction.atomic
def shift_close_date(deal_id: UUID, days: int, *, by: Actor) -> Deal:
    """Move the expected close date by a number of days, which may be negative; a deal without one counts from today."""
    deal = access.lock_deal(by, deal_id)
    if not days or abs(days) > FURTHEST:
        raise InvalidInput({"days": [f"Give a number of days up to {FURTHEST}, not 0."]})
    before = deal.expected_close
    deal.expected_close = shifted(before or firm_today(), days)
    note_close_date(deal, before, by=by)
    staying.bump(deal, "expected_close")
    return deal


def shifted(day: date, days: int) -> date:
    """Return a day so many days later; raise `InvalidInput` beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise InvalidInput({"expected_close": ["This would be beyond the year 9999."]}) from None


def note_close_date(deal: Deal, before: date | None, *, by: Actor) -> None:
    """Keep that the date of a deal changed from `before` to what it has now; the first date is no news."""
    now = clock.now()
    _change(deal, before, by, staying.rates_at(now), now).save(force_insert=True)
    if before is not None:
        record_many([_told(deal, before)], by=by)


def shift_all(deals: Sequence[Deal], days: int, *, by: Actor, at: datetime) -> list[NewEvent]:
    """Move the dates of the deals that have one, keep that they changed, and return what is to be told of it.

    The caller saves the deals.
    """
    rates, kept, told = staying.rates_at(at), [], []
    for deal in deals:
        if (before := deal.expected_close) is not None:
            deal.expected_close = shifted(before, days)
            kept.append(_change(deal, before, by, rates, at))
            told.append(_told(deal, before))
    CloseDateChange.objects.bulk_create(kept)
    return told


def _change(deal: Deal, before: date | None, by: Actor, rates: Rates, at: datetime) -> CloseDateChange:
    after = deal.expected_close
    return CloseDateChange(
        deal=deal, pipeline_id=deal.pipeline_id, owner_id=deal.owner_id, changed_at=at,
        changed_by_id=by.membership_id, changed_by_label=by.label, before=before, after=after,
        days=(after - before).days if after and before else None, **staying.worth_by(deal, rates),
    )  # fmt: skip


def _told(deal: Deal, before: date) -> NewEvent:
    then = deal.expected_close.isoformat() if deal.expected_close else "no date"
    return event("close_date_changed", deal, before=before.isoformat(), after=then)
