"""Keep the forecast of a day, and say what stays too long."""

from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.sales import currencies
from fairlead.sales.models import Deal, ForecastEntry, Outcome, Stage, StageStay
from fairlead.sales.telling import tell
from fairlead.tenancy.public import Actor, require_firm


@transaction.atomic
def take_forecast(*, by: Actor, on: date | None = None) -> int:
    """Keep every open deal with a close date as it is forecast on a day (today); a day is taken once.

    Returns how many were kept. Deals in a currency without a rate cannot be part of a forecast.
    """
    day = on or clock.now().date()
    if ForecastEntry.rows().filter(taken_on=day).exists():
        return 0
    rates = currencies.rates(day, hold=True)
    rows = Deal.rows().filter(
        outcome=Outcome.OPEN, deleted_at=None, expected_close__isnull=False, value__isnull=False
    ).select_related("stage")  # fmt: skip
    made = [entry for deal in rows.iterator(2_000) if (entry := _entry(deal, day, rates))]
    ForecastEntry.objects.bulk_create(made, batch_size=2_000)
    record("forecast.taken", by=by, subject=("forecast", None), data={"count": len(made), "day": day.isoformat()})
    return len(made)


def _entry(deal: Deal, day: date, rates: currencies.Rates) -> ForecastEntry | None:
    assert deal.value is not None
    assert deal.expected_close is not None
    worth, category = rates.worth(deal.value, deal.currency), deal.forecast or deal.stage.forecast
    if worth is None or category == Stage.Forecast.OMIT:
        return None
    weighted = deal.value * deal.stage.probability
    return ForecastEntry(
        taken_on=day, month=deal.expected_close.replace(day=1), deal_id=deal.pk, pipeline_id=deal.pipeline_id,
        owner_id=deal.owner_id, category=category, probability=deal.stage.probability, value=deal.value,
        currency=deal.currency, weighted_value=weighted, base_value=worth,
        weighted=rates.worth(Decimal(weighted) / 100, deal.currency) or 0,
    )  # fmt: skip


_STALLED = """
SELECT y.id FROM sales_stagestay y JOIN sales_stage s ON s.id = y.stage_id AND s.firm_id = y.firm_id
WHERE y.firm_id = %(firm)s AND y.left_at IS NULL AND y.is_live AND y.stalled_at IS NULL AND s.kind = 'open'
    AND s.rotting_days IS NOT NULL AND y.entered_at < %(now)s - s.rotting_days * interval '1 day'
LIMIT 5000
"""


@transaction.atomic
def tell_stalled(*, by: Actor) -> int:
    """Write `deal.stalled` once for every stay that is longer than its stage allows; returns how many."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_STALLED, {"firm": require_firm(), "now": now})
        ids = [row[0] for row in cursor.fetchall()]
    for stay in StageStay.rows().filter(pk__in=ids).select_related("deal", "stage"):
        tell("stalled", stay.deal, by, stage=stay.stage.name, days=stay.stage.rotting_days)
    StageStay.rows().filter(pk__in=ids).update(stalled_at=now)
    return len(ids)
