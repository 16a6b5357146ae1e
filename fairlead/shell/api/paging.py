"""Pages by keyset: a cursor names the row to go on after, so page 10,000 costs what page 1 costs."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from fairlead.kernel.errors import InvalidInput
from fairlead.shell import keyset

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

    The columns must not be null.
    """
    column = columns[sort.removeprefix("-")]
    order = keyset.Order(column, descending=sort.startswith("-"))
    at = position(cursor, sort, rows.model, column)
    found = keyset.cut(rows, order, at, limit, lambda row: (getattr(row, column), row.pk))
    return Page(found.rows, next=mark(sort, found.next), previous=mark(sort, found.previous))


def mark(sort: str, at: keyset.Position | None) -> str | None:
    """Return the cursor of a position in the order `sort`."""
    return None if at is None else encode([sort, at.backward, at.value, at.pk])


def position(cursor: str | None, sort: str, model: type[Model], column: str) -> keyset.Position | None:
    """Return the position of a cursor made by `mark`; raise `InvalidInput` for one of another order or address."""
    if cursor is None:
        return None
    made_for, backward, value, pk = decode(cursor, 4)
    if made_for != sort or not isinstance(backward, bool):
        raise InvalidInput({"?cursor": ["This cursor belongs to another order."]})
    return keyset.Position(_column_value(model, column, value), _column_value(model, "pk", pk), backward)


def _column_value(model: type[Model], column: str, value: Any) -> Any:
    field: Any = model._meta.pk if column == "pk" else model._meta.get_field(column)
    if value is None and field.null:
        return None
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
