"""The expected close date of deals, with every change of it."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.sales import access
from fairlead.sales.actions import staying
from fairlead.sales.models import CloseDateChange, Deal
from fairlead.sales.telling import tell
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
    after = deal.expected_close
    CloseDateChange.objects.create(
        deal=deal, pipeline_id=deal.pipeline_id, owner_id=deal.owner_id, changed_at=clock.now(),
        changed_by_id=by.membership_id, changed_by_label=by.label, before=before, after=after,
        days=(after - before).days if after and before else None, **staying.worth(deal),
    )  # fmt: skip
    if before is None:
        return
    then = after.isoformat() if after else "no date"
    tell("close_date_changed", deal, by, before=before.isoformat(), after=then)
