"""The deals behind a figure, and the figure itself: two readings of one definition."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from fairlead.sales.analytics.measures import Asked
from fairlead.sales.analytics.scope import Scope

PAGE = 50


@dataclass(frozen=True)
class Figure:
    """How many rows a measure has and what their amounts come to. `deals` is how many deals they are of."""

    count: int
    amount: int
    deals: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Part:
    """What one deal adds to a figure."""

    deal_id: UUID
    count: int
    amount: int


def figure(scope: Scope, asked: Asked) -> Figure:
    """Return the figure."""
    rows = _read(scope, asked, "count(*), coalesce(sum(h.{amount}), 0), count(DISTINCT h.deal_id)", "")
    return Figure(*(int(value) for value in rows[0]))


def parts(scope: Scope, asked: Asked, *, page: int = 1, size: int = PAGE) -> list[Part]:
    """Return a page of the deals behind the figure, those that add most first."""
    tail = "GROUP BY h.deal_id ORDER BY 3 DESC, 2 DESC, 1 LIMIT %(limit)s OFFSET %(offset)s"
    rows = _read(
        scope, asked, "h.deal_id, count(*), coalesce(sum(h.{amount}), 0)", tail, limit=size, offset=(page - 1) * size
    )
    return [Part(deal, int(count), int(amount)) for deal, count, amount in rows]


def _read(scope: Scope, asked: Asked, columns: str, tail: str, **more: int) -> list[tuple]:  # type: ignore[type-arg]
    measure = asked.measure
    where, values = scope.where(measure.moment)
    selected = columns.replace("{amount}", measure.amount)
    sql = f"SELECT {selected} FROM {measure.table} h WHERE {where} AND {asked.condition} {tail}"  # noqa: S608 - ours
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, **asked.values, **more})
        return list(cursor.fetchall())
