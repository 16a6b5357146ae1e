"""What deals and their history are worth in the firm's currency, worked out anew when the firm edits its rates.

History keeps what each deal was worth in its own currency, so that a rate which is set late, or mended, still counts.
"""

from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.kernel import money
from fairlead.sales import currencies, tallies
from fairlead.tenancy.public import firm_context, require_firm

CHUNK = 2_000
# Each table of the history with the column of its time.
HISTORY = {
    "sales_stagestay": "entered_at", "sales_win": "occurred_at", "sales_loss": "occurred_at",
    "sales_closedatechange": "changed_at",
}  # fmt: skip
_DEALS = """
UPDATE sales_deal SET base_value = value * %(factor)s::float8, updated_at = updated_at
WHERE firm_id = %(firm)s AND currency = %(currency)s AND value IS NOT NULL
    AND base_value IS DISTINCT FROM value * %(factor)s::float8
"""
_CHUNK = """
SELECT h.id, h.deal_id FROM {table} h WHERE h.firm_id = %(firm)s AND h.currency = %(currency)s AND h.id > %(after)s
ORDER BY h.id LIMIT %(limit)s
"""
_LOCK = "SELECT 1 FROM sales_deal WHERE firm_id = %(firm)s AND id = ANY(%(deals)s) ORDER BY id FOR NO KEY UPDATE"
_REVALUE = """
UPDATE {table} h SET rate = w.rate, base_value = w.base_value FROM (
    SELECT c.id, n.rate, round(c.value * n.rate * %(scale)s::numeric)::bigint AS base_value
    FROM {table} c LEFT JOIN LATERAL (
        SELECT r.rate FROM sales_currencyrate r WHERE r.firm_id = %(firm)s AND r.currency = %(currency)s
        ORDER BY {nearest} LIMIT 1
    ) n ON TRUE
    WHERE c.firm_id = %(firm)s AND c.id = ANY(%(ids)s)
) w
WHERE h.firm_id = %(firm)s AND h.id = w.id AND (h.rate, h.base_value) IS DISTINCT FROM (w.rate, w.base_value)
"""
FIRST = UUID(int=0)


def revalue_deals(currency: str) -> None:
    """Order and filter every deal in a currency by the rate that holds today."""
    rate = currencies.rates().of(currency)
    factor = float(rate.rate) / 10 ** money.exponent(currency) if rate else None
    with connection.cursor() as cursor:
        cursor.execute(_DEALS, {"factor": factor, "firm": require_firm(), "currency": currency})


def revalue_history(firm_id: UUID, currency: str) -> None:
    """Give the whole history in a currency its worth at the rates of its days, each chunk in its own transaction."""
    for table, moment in HISTORY.items():
        after: UUID | None = FIRST
        while after is not None:
            with firm_context(firm_id):
                after = _revalue_chunk(table, moment, currency, after)


def _revalue_chunk(table: str, moment: str, currency: str, after: UUID) -> UUID | None:
    """Revalue the rows that follow `after`; return the last of them, None when there are no more."""
    scale = money.exponent(currencies.home()) - money.exponent(currency)
    values: dict[str, Any] = {
        "firm": require_firm(), "currency": currency, "after": after, "limit": CHUNK, "scale": f"1e{scale}",
    }  # fmt: skip
    nearest = currencies.NEAREST.format("r", f"(c.{moment} AT TIME ZONE 'UTC')::date")
    with connection.cursor() as cursor:
        cursor.execute(_CHUNK.format(table=table), values)
        rows = cursor.fetchall()
        values |= {"ids": [pk for pk, _ in rows], "deals": [deal for _, deal in rows]}
        cursor.execute(_LOCK, values)  # whoever moves one of these deals waits, and then reads the new rates
        with tallies.following(values["ids"]) if table == "sales_stagestay" else nullcontext():
            cursor.execute(_REVALUE.format(table=table, nearest=nearest), values)
    return rows[-1][0] if rows else None
