"""What deals and their history are worth in the firm's currency, worked out anew when its rates or its currency change.

History keeps what each deal was worth in its own currency, so that a rate which is set late, or mended, still counts,
and so that it can be told in any currency of the firm's.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.kernel import money
from fairlead.kernel.currencies import CURRENCIES
from fairlead.sales import currencies, tallies
from fairlead.tenancy.public import firm_context, require_firm

CHUNK = 2_000
# See `currencies.NEARLY` and `MOST`; `least` alone would take nothing for the most.
_WORTH = (
    "CASE WHEN {0} * w.rate IS NOT NULL "
    f"THEN least(round(round({{0}} * w.rate * w.scale, 10)), {currencies.MOST}) END"
)
_UTC_DAY = "(c.{0} AT TIME ZONE 'UTC')::date"


@dataclass(frozen=True)
class History:
    """A table of the history: the expression of a row's day, and what each of its columns is worth."""

    table: str
    day: str
    columns: Mapping[str, str] = field(
        default_factory=lambda: {"rate": "round(w.rate, 10)", "base_value": _WORTH.format("h.value")}
    )


HISTORY = (
    History("sales_stagestay", _UTC_DAY.format("entered_at"), {
        "rate": "round(w.rate, 10)", "base_value": _WORTH.format("h.value"), "is_foreign": "h.currency <> %(home)s",
    }),
    History("sales_win", _UTC_DAY.format("occurred_at")),
    History("sales_loss", _UTC_DAY.format("occurred_at")),
    History("sales_closedatechange", _UTC_DAY.format("changed_at")),
    History("sales_forecastentry", "c.taken_on", {
        "base_value": f"coalesce({_WORTH.format('h.value')}, 0)",
        "weighted": f"coalesce({_WORTH.format('h.weighted_value * 0.01')}, 0)",
    }),
)  # fmt: skip
_DEALS = """
UPDATE sales_deal SET base_value = w.worth, updated_at = updated_at FROM (
    SELECT id, (round(round(value * %(rate)s::numeric * %(scale)s::numeric, 10)) / %(whole)s::numeric)::float8 AS worth
    FROM sales_deal WHERE firm_id = %(firm)s AND currency = %(currency)s AND value IS NOT NULL AND {which}
) w
WHERE firm_id = %(firm)s AND sales_deal.id = w.id AND base_value IS DISTINCT FROM w.worth
"""
_SOME_DEALS = """
SELECT id FROM sales_deal WHERE firm_id = %s AND currency = %s AND id > %s ORDER BY id LIMIT %s
"""
_CHUNK = """
SELECT h.id, h.deal_id FROM {table} h WHERE h.firm_id = %(firm)s AND {which} AND h.id > %(after)s
ORDER BY h.id LIMIT %(limit)s
"""
_LOCK = "SELECT 1 FROM sales_deal WHERE firm_id = %(firm)s AND id = ANY(%(deals)s) ORDER BY id FOR NO KEY UPDATE"
# The rate of a row's day as `currencies.NEAREST` says it, by two looks into the index: with daily rates over years, to
# order all of a currency's for every row would be most of the work.
_REVALUE = """
UPDATE {table} h SET ({names}) = ROW({values}) FROM (
    SELECT c.id, n.rate, (%(scales)s::jsonb ->> c.currency)::numeric AS scale
    FROM {table} c LEFT JOIN LATERAL (
        (SELECT 1::numeric AS rate WHERE c.currency = %(home)s)
        UNION ALL
        (SELECT coalesce(
            (SELECT r.rate FROM sales_currencyrate r WHERE r.firm_id = %(firm)s AND r.currency = c.currency
            AND r.valid_from <= {day} ORDER BY r.valid_from DESC LIMIT 1),
            (SELECT r.rate FROM sales_currencyrate r WHERE r.firm_id = %(firm)s AND r.currency = c.currency
            ORDER BY r.valid_from LIMIT 1)
        ) WHERE c.currency <> %(home)s)
    ) n ON TRUE
    WHERE c.firm_id = %(firm)s AND c.id = ANY(%(ids)s)
) w
WHERE h.firm_id = %(firm)s AND h.id = w.id AND ({old}) IS DISTINCT FROM ({values})
"""
FIRST = UUID(int=0)


def revalue_deals(currency: str, ids: Sequence[UUID] | None = None) -> None:
    """Order and filter every deal in a currency, or those of `ids`, by the rate that holds today."""
    rates = currencies.rates(hold=True)
    rate = rates.of(currency)
    given = {
        "rate": rate.rate if rate else None, "scale": f"1e{currencies.scale(currency, rates.home)}",
        "whole": 10 ** money.exponent(rates.home), "firm": require_firm(), "currency": currency,
        "ids": ids,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DEALS.format(which="TRUE" if ids is None else "id = ANY(%(ids)s)"), given)


def revalue_some_deals(currency: str, after: UUID) -> tuple[UUID | None, int]:
    """Revalue the deals in a currency that follow `after`; return the last of them, None for none, and their number.

    Few at a time, and in a transaction of their own: whoever saves one of them waits for these few only.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SOME_DEALS, [require_firm(), currency, after, CHUNK])
        ids = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_LOCK, {"firm": require_firm(), "deals": ids})  # what is read next nobody changes meanwhile
    revalue_deals(currency, ids)
    return ids[-1] if ids else None, len(ids)


def revalue_history(
    firm_id: UUID, currency: str = "", *, note: Callable[[int], None] = lambda rows: None,
    pause: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Give the history in a currency, or all of it, its worth at the rates of its days.

    Each chunk is a transaction of its own, in which `note` hears how many rows it has; `pause` is called between them.
    What either raises ends the work.
    """
    for history in HISTORY:
        after: UUID | None = FIRST
        while after is not None:
            pause()
            with firm_context(firm_id):
                after, rows = _revalue_chunk(history, currency, after)
                note(rows)


def _revalue_chunk(history: History, currency: str, after: UUID) -> tuple[UUID | None, int]:
    """Revalue the rows that follow `after`; return the last of them, None when there are no more, and their number."""
    home = currencies.home(hold=True)
    values: dict[str, Any] = {
        "firm": require_firm(), "currency": currency, "after": after, "limit": CHUNK, "home": home,
        "scales": _scales(home),
    }  # fmt: skip
    which = "h.currency = %(currency)s" if currency else "h.currency <> ''"
    with connection.cursor() as cursor:
        cursor.execute(_CHUNK.format(table=history.table, which=which), values)
        rows = cursor.fetchall()
        values |= {"ids": [pk for pk, _ in rows], "deals": [deal for _, deal in rows]}
        cursor.execute(_LOCK, values)  # whoever moves one of these deals waits, and then reads the new rates
        with tallies.following(values["ids"]) if history.table == "sales_stagestay" else nullcontext():
            cursor.execute(_statement(history), values)
    return rows[-1][0] if rows else None, len(rows)


def _statement(history: History) -> str:
    return _REVALUE.format(
        table=history.table, day=history.day, names=", ".join(history.columns),
        old=", ".join(f"h.{name}" for name in history.columns), values=", ".join(history.columns.values()),
    )  # fmt: skip


def _scales(home: str) -> str:
    """Return by what minor units of each currency are multiplied to be those of `home`, as JSON."""
    codes = {*CURRENCIES, home}
    return json.dumps({code: f"1e{currencies.scale(code, home)}" for code in sorted(codes)})
