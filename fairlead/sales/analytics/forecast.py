"""The forecast: open deals by the month in which they should close, beside what was won."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.kernel.errors import NotFound
from fairlead.sales import currencies
from fairlead.sales.analytics import behind, measures
from fairlead.sales.analytics.scope import Scope, add_months
from fairlead.sales.currencies import Rates, Total

KINDS = {
    "open": "All open", "weighted": "Weighted", "commit": "Committed", "best_case": "Best case",
}  # fmt: skip
AHEAD = 6
OVERDUE, LATER, UNDATED = "overdue", "later", "undated"
_CATEGORY = "coalesce(nullif(h.forecast, ''), s.forecast)"
# What a kind counts: best case holds what is committed too, as people say it.
_WHERE = {
    "open": "TRUE", "weighted": f"{_CATEGORY} <> 'omit'", "commit": f"{_CATEGORY} = 'commit'",
    "best_case": f"{_CATEGORY} IN ('commit', 'best_case')",
}  # fmt: skip
_FROM = "sales_deal h JOIN sales_stage s ON s.firm_id = h.firm_id AND s.id = h.stage_id"
_OPEN = ["h.deleted_at IS NULL", "h.outcome = 'open'", "s.kind = 'open'"]


@dataclass(frozen=True)
class Cell:
    """A figure of the forecast: how many deals, what they come to."""

    count: int
    total: Total


@dataclass(frozen=True)
class Month:
    """A column of the forecast: "2026-12", or what is overdue, later, undated. `won` is None for those."""

    key: str
    first: date | None
    cells: Mapping[str, Cell]
    won: behind.Figure | None = None


def forecast(scope: Scope, *, today: date) -> list[Month]:
    """Return the columns: overdue, this month and the next five, later, without a date. One statement and the wins."""
    rates, first = currencies.rates(), today.replace(day=1)
    months = [add_months(first, n) for n in range(AHEAD)]
    keys = [OVERDUE, *(m.isoformat()[:7] for m in months), LATER, UNDATED]
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for month, category, currency, count, value, weighted in _groups(scope):
        key = _key_of(month, first, months)
        for kind in _kinds_of(category):
            counts[key, kind] += count
            sums[key, kind][currency] += int(weighted if kind == "weighted" else value)
    found = []
    for key in keys:
        cells = {k: Cell(counts[key, k], _total(rates, k, sums[key, k])) for k in KINDS}
        day = date.fromisoformat(f"{key}-01") if key[:1].isdigit() else None
        found.append(Month(key, day, cells, _won(scope, day) if day else None))
    return [m for m in found if m.first or m.cells["open"].count]


def _won(scope: Scope, first: date) -> behind.Figure:
    month = scope.within(first, add_months(first, 1) - timedelta(days=1))
    return behind.figure(month, measures.asked("won"))


def _kinds_of(category: str) -> Sequence[str]:
    kinds = {"commit": ("commit", "best_case"), "best_case": ("best_case",)}.get(category, ())
    return ("open", *(() if category == "omit" else ("weighted",)), *kinds)


def _key_of(month: date | None, first: date, months: Sequence[date]) -> str:
    if month is None:
        return UNDATED
    if month < first:
        return OVERDUE
    return month.isoformat()[:7] if month <= months[-1] else LATER


def _groups(scope: Scope) -> list[tuple[Any, ...]]:
    where, values = scope.owned(_OPEN, {})
    sql = (
        f"SELECT date_trunc('month', h.expected_close)::date, {_CATEGORY}, h.currency, count(*), "  # noqa: S608 - ours
        "coalesce(sum(h.value), 0), coalesce(sum(h.value * s.probability), 0) "
        f"FROM {_FROM} WHERE {where} GROUP BY 1, 2, 3"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _total(rates: Rates, kind: str, sums: Mapping[str, int]) -> Total:
    """Return a sum in the firm's currency; weighted sums are in hundredths, the probability being percent."""
    if kind != "weighted":
        return rates.total(sums)

    return rates.total({currency: Decimal(units) / 100 for currency, units in sums.items()})


@dataclass(frozen=True)
class OpenPart:
    """What one open deal adds to a figure of the forecast, in its own currency; `weighted` in hundredths."""

    deal_id: UUID
    value: int
    currency: str
    probability: int


def open_behind(
    scope: Scope, key: str, kind: str, *, today: date, page: int = 1, size: int = behind.PAGE
) -> tuple[Cell, list[OpenPart]]:
    """Return a figure of the forecast and a page of the deals behind it; raise `NotFound` for one that there is not."""
    if kind not in KINDS:
        raise NotFound
    where, values = _placed(scope, key, kind, today)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT h.currency, count(*), coalesce(sum(h.value), 0), coalesce(sum(h.value * s.probability), 0) "  # noqa: S608
            f"FROM {_FROM} WHERE {where} GROUP BY 1",
            values,
        )
        groups = cursor.fetchall()
        cursor.execute(
            f"SELECT h.id, coalesce(h.value, 0), h.currency, s.probability FROM {_FROM} WHERE {where} "  # noqa: S608
            "ORDER BY h.base_value DESC NULLS LAST, h.id LIMIT %(limit)s OFFSET %(offset)s",
            {**values, "limit": size, "offset": (page - 1) * size},
        )
        rows = [OpenPart(*row) for row in cursor.fetchall()]
    sums = {currency: int(weighted if kind == "weighted" else value) for currency, _, value, weighted in groups}
    return Cell(sum(g[1] for g in groups), _total(currencies.rates(), kind, sums)), rows


def _placed(scope: Scope, key: str, kind: str, today: date) -> tuple[str, dict[str, Any]]:
    first = today.replace(day=1)
    more: dict[str, Any] = {}
    if key == UNDATED:
        test = "h.expected_close IS NULL"
    elif key == OVERDUE:
        test, more = "h.expected_close < %(first)s", {"first": first}
    elif key == LATER:
        test, more = "h.expected_close >= %(first)s", {"first": add_months(first, AHEAD)}
    else:
        try:
            month = date.fromisoformat(f"{key}-01")
            following = add_months(month, 1)
        except ValueError:  # no month, or the last one of the calendar
            raise NotFound from None
        test = "h.expected_close >= %(first)s AND h.expected_close < %(next)s"
        more = {"first": month, "next": following}
    return scope.owned([*_OPEN, test, _WHERE[kind]], more)
