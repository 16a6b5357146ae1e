"""Keyset pages of a query set: page 10,000 costs what page 1 costs, and no row is skipped or shown twice.

Rows are ordered by one column, then by primary key. Empty values (NULL) come last in both directions.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan


@dataclass(frozen=True, slots=True)
class Order:
    """A column and a direction; `nullable` when the column may be NULL."""

    column: str
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """The row to go on after: its sort value and key. `backward` means the rows before it."""

    value: Any
    pk: Any
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of a page, in order, and the positions of the pages around it (None at the ends)."""

    rows: list[Any]
    next: Position | None
    previous: Position | None


Key = Callable[[Any], tuple[Any, Any]]


def cut(rows: QuerySet[Any], order: Order, at: Position | None, limit: int, key: Key) -> Cut:
    """Return a page of at most `limit` rows. `key` gives the sort value and the primary key of a fetched row.

    One statement, two where a page of a nullable column reaches over into the rows without a value.
    """
    backward = at is not None and at.backward
    return gather(_parts(rows, order, at, backward=backward), at, limit, key)


def gather(parts: Iterable[QuerySet[Any]], at: Position | None, limit: int, key: Key) -> Cut:
    """Return the page that `parts`, read one after the other beyond `at`, give; as few are read as fill it."""
    backward = at is not None and at.backward
    found: list[Any] = []
    for part in parts:
        found += part[: limit + 1 - len(found)]
        if len(found) > limit:
            break
    more, found = len(found) > limit, found[:limit]
    if backward:
        found.reverse()
    if not found:
        return Cut([], None, None)
    has_previous, has_next = (more, True) if backward else (at is not None, more)
    following = Position(*key(found[-1])) if has_next else None
    return Cut(found, following, Position(*key(found[0]), backward=True) if has_previous else None)


def _parts(rows: QuerySet[Any], order: Order, at: Position | None, *, backward: bool) -> Iterator[QuerySet[Any]]:
    """Yield the query sets to read one after the other, each ordered and starting beyond `at`."""
    descending = order.descending is not backward
    sign = "-" if descending else ""
    if not order.nullable:
        part = rows if at is None else beyond(rows, order.column, at, descending)
        yield part.order_by(f"{sign}{order.column}", f"{sign}pk")
        return
    filled = rows.filter(**{f"{order.column}__isnull": False}).order_by(f"{sign}{order.column}", f"{sign}pk")
    empty = rows.filter(**{f"{order.column}__isnull": True}).order_by(f"{sign}pk")
    if at is None:
        yield from (filled, empty)
    elif at.value is None:
        yield empty.filter(**{"pk__lt" if descending else "pk__gt": at.pk})
        if backward:
            yield filled
    else:
        yield beyond(filled, order.column, at, descending)
        if not backward:
            yield empty


def beyond(rows: QuerySet[Any], column: str, at: Position, descending: bool, *, tie: str = "pk") -> QuerySet[Any]:
    """Compare (column, tie) as one row value, which an index on (firm, column, tie) answers even among many ties."""
    if column == "pk":
        return rows.filter(**{"pk__lt" if descending else "pk__gt": at.pk})
    than = TupleLessThan if descending else TupleGreaterThan
    return rows.filter(than(Tuple(F(column), F(tie)), (at.value, at.pk)))
