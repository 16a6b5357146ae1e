"""Pages by keyset: a cursor names the row to go on after, so page 10,000 costs what page 1 costs."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from fairlead.kernel.errors import InvalidInput

LIMIT, MAX_LIMIT = 50, 200


@dataclass(slots=True)
class Page:
    """Some rows and the opaque cursors to the pages around them.

    `rows` are objects for the output serializer, or with `ready` plain dicts that need none.
    """

    rows: Sequence[Any]
    next: str | None = None
    previous: str | None = None
    total: int | None = None
    ready: bool = False


def encode(values: Sequence[Any]) -> str:
    """Return an opaque cursor that holds JSON values."""
    return base64.urlsafe_b64encode(orjson.dumps(list(values))).rstrip(b"=").decode()


def decode(cursor: str, length: int) -> list[Any]:
    """Return the values of a cursor; raise `InvalidInput` unless it is one of ours with `length` values."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, orjson.JSONDecodeError, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != length:
        raise InvalidInput({"?cursor": ["This cursor was not made by this address, or it was cut."]})
    return values


def page(rows: QuerySet[Any], *, sort: str, columns: Mapping[str, str], cursor: str | None, limit: int) -> Page:
    """Return a page of `rows` ordered by the column of `sort` (a leading minus turns round), then by id.

    The columns must not be null. The cursor carries the sort it was made for and refuses another.
    """
    descending = sort.startswith("-")
    column = columns[sort.removeprefix("-")]
    backward, at = False, None
    if cursor is not None:
        made_for, direction, value, pk = decode(cursor, 4)
        at = (_column_value(rows, column, value), _column_value(rows, "pk", pk))
        if made_for != sort or direction not in ("n", "p"):
            raise InvalidInput({"?cursor": ["This cursor belongs to another order."]})
        backward = direction == "p"
    down = descending is not backward
    if at is not None:
        rows = rows.filter(_beyond(column, at, "lt" if down else "gt"))
    sign = "-" if down else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}pk")[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backward:
        found.reverse()
    ends = (_mark(sort, "p", found[0], column), _mark(sort, "n", found[-1], column)) if found else (None, None)
    has_previous, has_next = (more, True) if backward else (at is not None, more)
    return Page(found, next=ends[1] if has_next else None, previous=ends[0] if has_previous else None)


def _beyond(column: str, at: tuple[Any, Any], than: str) -> Q:
    value, pk = at
    if column in ("pk", "id"):
        return Q(**{f"pk__{than}": pk})
    # The first term lets an index on (firm, column, id) start at the right place.
    return Q(**{f"{column}__{than}e": value}) & (Q(**{f"{column}__{than}": value}) | Q(**{f"pk__{than}": pk}))


def _mark(sort: str, direction: str, row: Any, column: str) -> str:
    return encode([sort, direction, getattr(row, column), row.pk])


def _column_value(rows: QuerySet[Any], column: str, value: Any) -> Any:
    meta = rows.model._meta
    field = meta.pk if column == "pk" else meta.get_field(column)
    if not isinstance(value, str | int | bool) or (isinstance(value, str) and "\x00" in value):
        raise InvalidInput({"?cursor": ["This cursor was not made by this address."]})
    try:
        return field.to_python(value)
    except (ValidationError, ValueError, OverflowError):
        raise InvalidInput({"?cursor": ["This cursor was not made by this address."]}) from None


def envelope(request: HttpRequest, found: Page, data: Sequence[Any]) -> dict[str, Any]:
    """Return the body of a list: the rows, and whole addresses of the pages around."""
    body: dict[str, Any] = {
        "data": data,
        "next": _link(request, found.next),
        "previous": _link(request, found.previous),
    }
    if found.total is not None:
        body["total"] = found.total
    return body


def _link(request: HttpRequest, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"
