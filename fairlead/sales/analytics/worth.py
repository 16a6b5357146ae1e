"""At which rates the amounts of a report are made, and which deals have no rate and so count as nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from fairlead.sales.analytics.scope import Scope
from fairlead.sales.models.rate import shown

_USED = """
SELECT w.currency, min(w.rate), max(w.rate), count(DISTINCT w.deal_id) FILTER (WHERE w.base_value IS NULL)
FROM (
    SELECT h.currency, h.rate, h.deal_id, h.base_value FROM sales_stagestay h
    WHERE {stays} AND h.is_foreign AND h.value <> 0
    UNION ALL
    SELECT h.currency, h.rate, h.deal_id, h.base_value FROM sales_win h WHERE {ends} AND h.value <> 0
    UNION ALL
    SELECT h.currency, h.rate, h.deal_id, h.base_value FROM sales_loss h WHERE {ends} AND h.value <> 0
) w
WHERE w.currency <> %(home)s GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True)
class Used:
    """A foreign currency of a report: the lowest and the highest rate used, and how many deals have none."""

    currency: str
    lowest: Decimal | None
    highest: Decimal | None
    without: int

    def shown(self, home: str) -> str:
        """Return the rates for people, "" for none."""
        if self.lowest is None or self.highest is None:
            return ""
        low, high = shown(self.lowest), shown(self.highest)
        return f"1 {self.currency} = {low} {home}" if low == high else f"1 {self.currency} = {low} to {high} {home}"


def used(scope: Scope, home: str) -> list[Used]:
    """Return the foreign currencies in the history of a scope."""
    stays, values = scope.where("entered_at")
    ends, _ = scope.where("occurred_at")
    with connection.cursor() as cursor:
        cursor.execute(_USED.format(stays=stays, ends=ends), {**values, "home": home})
        return [Used(*row) for row in cursor.fetchall()]


def note(found: Sequence[Used], home: str) -> str:
    """Return which rates were used and how many deals have none, as sentences; "" when neither."""
    rates = ", ".join(filter(None, (one.shown(home) for one in found)))
    missing = ", ".join(f"{one.without:,} in {one.currency}" for one in found if one.without)
    told = f"Rates: {rates}." if rates else ""
    return " ".join(
        filter(None, [told, f"Deals without a rate, which count as nothing: {missing}." if missing else ""])
    )
