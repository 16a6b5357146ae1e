"""Reading a page of any noun's records as plain values: the same few statements whatever its depth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, Model, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast

from fairlead.kernel.errors import InvalidInput
from fairlead.records.criteria.binding import Computation
from fairlead.records.criteria.criteria import Matches
from fairlead.records.models import CustomField, FieldValue
from fairlead.records.nouns import Noun
from fairlead.shell.keyset import Cut, Order, Position, beyond, cut, gather

SYSTEM_COLUMNS = {"id": "pk", "version": "version", "created_by": "created_by_id", "deleted_at": "deleted_at"}


@dataclass(frozen=True, slots=True)
class Sort:
    """An offered order: the public name with its direction, and the order of the column behind it.

    The column of a custom field's order is the key in the index of custom values.
    """

    name: str
    order: Order
    custom: CustomField | None = None


def sort(noun: Noun, name: str, custom: Iterable[CustomField] = ()) -> Sort:
    """Return the order called `name` ("name", "-created_at", "custom.tier"); raise `InvalidInput` for any other.

    `custom` are the noun's custom fields that may be ordered by.
    """
    plain = name.removeprefix("-")
    own = next((c for c in custom if c.name == plain and c.as_field().sortable), None)
    if own is not None:
        return Sort(name, Order("key", descending=name.startswith("-"), nullable=True), own)
    field = next((f for f in noun.fields if f.name == plain and f.sortable), None)
    if field is None:
        raise InvalidInput({"sort": [f"This list cannot be ordered by {plain[:80]!r}."]})
    column = model_field(noun.model, field.sort_column)
    return Sort(name, Order(field.sort_column, descending=name.startswith("-"), nullable=column.null))


def names(noun: Noun) -> list[str]:
    """Return what a record shows: id, version, every field, the custom values."""
    return ["id", "version", *(f.name for f in noun.fields), "custom", "created_by", "deleted_at"]


def page(
    noun: Noun, rows: QuerySet[Any], by: Sort, at: Position | None, limit: int, shown: Sequence[str]
) -> tuple[Cut, list[dict[str, Any]]]:
    """Return the cut and its records as dicts of the `shown` names; `custom` is JSON text."""
    if by.custom is not None:
        return _filled(noun, _custom_cut(rows, by, at, limit), shown)
    if _is_narrowed(rows):
        # The order's index alone tells which rows are worth testing; whole rows are read only for the page.
        pairs = rows.values_list(_marker(by), "pk")
        return _filled(noun, cut(pairs, by.order, at, limit, lambda row: row), shown)
    columns = [_column(noun, name) for name in shown]
    marked = rows.values_list(*columns, _marker(by), "pk")
    found = cut(marked, by.order, at, limit, lambda row: (row[-2], row[-1]))
    return found, [dict(zip(shown, row, strict=False)) for row in found.rows]


def _is_narrowed(rows: QuerySet[Any]) -> bool:
    return any(isinstance(condition, Matches) for condition in rows.query.where.children)


def _filled(noun: Noun, found: Cut, shown: Sequence[str]) -> tuple[Cut, list[dict[str, Any]]]:
    """Read the records of (sort value, id) pairs, which an earlier statement has found to be visible."""
    ids = [pk for _, pk in found.rows]
    by_id = records(noun, noun.model.rows().filter(pk__in=ids), shown)
    return found, [by_id[pk] for pk in ids if pk in by_id]


def _custom_cut(rows: QuerySet[Any], by: Sort, at: Position | None, limit: int) -> Cut:
    """Return (key, record) pairs: first along the index of the field, then the records without a value, by id."""
    backward = at is not None and at.backward
    return gather(_custom_parts(rows, by, at, backward=backward), at, limit, lambda row: row)


def _custom_parts(rows: QuerySet[Any], by: Sort, at: Position | None, *, backward: bool) -> Iterator[QuerySet[Any]]:
    assert by.custom is not None
    descending = by.order.descending is not backward
    sign = "-" if descending else ""
    values = FieldValue.rows().filter(field_id=by.custom.id)
    filled: QuerySet[Any] = values.filter(record_id__in=rows.order_by().values("pk"))
    filled = filled.order_by(f"{sign}key", f"{sign}record_id")
    empty = rows.filter(~Exists(values.filter(record_id=OuterRef("pk")))).order_by(f"{sign}pk")
    in_empty = at is not None and at.value is None
    if at is not None:
        filled = filled if in_empty else beyond(filled, "key", at, descending, tie="record_id")
        empty = empty.filter(**{"pk__lt" if descending else "pk__gt": at.pk}) if in_empty else empty
    pairs = filled.values_list("key", "record_id")
    blanks = empty.values_list(Value(None, output_field=TextField()), "pk")
    if at is None:
        yield from (pairs, blanks)
    elif in_empty:
        yield blanks
        if backward:
            yield pairs
    else:
        yield pairs
        if not backward:
            yield blanks


def records(noun: Noun, rows: QuerySet[Any], shown: Sequence[str]) -> dict[UUID, dict[str, Any]]:
    """Return the records of `rows` by id, as `page` shows them; for a few known ids."""
    columns = [_column(noun, name) for name in shown]
    return {row[-1]: dict(zip(shown, row, strict=False)) for row in rows.values_list(*columns, "pk")}


def model_field(model: type[Model], column: str) -> Any:
    """Return the model's field behind an attribute such as `owner_id`."""
    return model._meta.get_field(column)


def _marker(by: Sort) -> Any:
    return F(by.order.column)


def _column(noun: Noun, name: Any) -> Any:
    if not isinstance(name, str):
        return name  # an expression of the caller's own
    if name == "custom":
        return Cast("custom", TextField())
    if name in SYSTEM_COLUMNS:
        return SYSTEM_COLUMNS[name]
    field = noun.field(name)
    return Computation(field) if field.computed else F(field.attribute)
