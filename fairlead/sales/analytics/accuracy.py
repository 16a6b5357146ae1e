"""What was forecast on the first of each month, against what that month brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from fairlead.kernel.errors import NotFound
from fairlead.sales.analytics import measures
from fairlead.sales.analytics.behind import PAGE, Figure, Part, figure
from fairlead.sales.analytics.scope import Scope, add_months

KINDS = {
    "weighted": ("weighted", "TRUE"), "commit": ("base_value", "h.category = 'commit'"),
    "best_case": ("base_value", "h.category IN ('commit', 'best_case')"),
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A month: what was forecast for it when it began, and what was won in it (the firm's minor units)."""

    month: date
    weighted: Figure
    commit: Figure
    best_case: Figure
    won: Figure


def accuracy(scope: Scope) -> list[Kept]:
    """Return the months of the scope of which a forecast was kept, the latest first."""
    where, values = scope.owned(["h.taken_on >= %(since)s", "h.taken_on <= %(until)s", "h.month = h.taken_on"],
                                {"since": scope.since, "until": scope.until})  # fmt: skip
    columns = ", ".join(
        f"count(*) FILTER (WHERE {test}), coalesce(sum(h.{amount}) FILTER (WHERE {test}), 0)"
        for amount, test in KINDS.values()
    )
    sql = f"SELECT h.month, {columns} FROM sales_forecastentry h WHERE {where} GROUP BY 1 ORDER BY 1 DESC"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [
        Kept(month, Figure(a, int(b)), Figure(c, int(d)), Figure(e, int(f)), won_in(scope, month))
        for month, a, b, c, d, e, f in rows
    ]


def won_in(scope: Scope, month: date) -> Figure:
    """Return what was won in a month."""
    last = add_months(month, 1) - timedelta(days=1)
    return figure(scope.within(month, last), measures.asked("won"))


def kept_behind(scope: Scope, month: date, kind: str, *, page: int = 1) -> tuple[Figure, Sequence[Part]]:
    """Return a kept forecast and a page of the deals it was made of; raise `NotFound` for an unknown kind."""
    if kind not in KINDS:
        raise NotFound
    amount, test = KINDS[kind]
    where, values = scope.owned(["h.taken_on = %(month)s", "h.month = %(month)s", test], {"month": month})
    start = f"FROM sales_forecastentry h WHERE {where}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), coalesce(sum(h.{amount}), 0) {start}", values)
        count, total = cursor.fetchone()
        cursor.execute(
            f"SELECT h.deal_id, 1, h.{amount} {start} ORDER BY 3 DESC, 1 LIMIT %(limit)s OFFSET %(offset)s",
            {**values, "limit": PAGE, "offset": (page - 1) * PAGE},
        )
        rows: list[tuple[UUID, int, int]] = cursor.fetchall()
    return Figure(count, int(total)), [Part(*row) for row in rows]
