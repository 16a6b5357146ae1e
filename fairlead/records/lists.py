"""Reading a page of any noun's records as plain values: one statement a page, whatever its depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Model, QuerySet, TextField
from django.db.models.functions import Cast

from fairlead.kernel.errors import InvalidInput
from fairlead.records.nouns import Noun
from fairlead.shell.keyset import Cut, Order, Position, cut

SYSTEM_COLUMNS = {"id": "pk", "version": "version", "created_by": "created_by_id", "deleted_at": "deleted_at"}


@dataclass(frozen=True, slots=True)
class Sort:
    """An offered order: the public name with its direction, and the order of the column behind it."""

    name: str
    order: Order


def sort(noun: Noun, name: str) -> Sort:
    """Return the order called `name` ("name", "-created_at"); raise `InvalidInput` when it is not offered."""
    plain = name.removeprefix("-")
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
    columns = [_column(noun, name) for name in shown]
    marked = rows.values_list(*columns, _marker(by), "pk")
    found = cut(marked, by.order, at, limit, lambda row: (row[-2], row[-1]))
    return found, [dict(zip(shown, row, strict=False)) for row in found.rows]


def records(noun: Noun, rows: QuerySet[Any], shown: Sequence[str]) -> dict[UUID, dict[str, Any]]:
    """Return the records of `rows` by id, as `page` shows them; for a few known ids."""
    columns = [_column(noun, name) for name in shown]
    return {row[-1]: dict(zip(shown, row, strict=False)) for row in rows.values_list(*columns, "pk")}


def model_field(model: type[Model], column: str) -> Any:
    """Return the model's field behind an attribute such as `owner_id`."""
    return model._meta.get_field(column)


def _marker(by: Sort) -> Any:
    return F(by.order.column)


def _column(noun: Noun, name: str) -> Any:
    if name == "custom":
        return Cast("custom", TextField())
    if name in SYSTEM_COLUMNS:
        return SYSTEM_COLUMNS[name]
    return F(noun.field(name).attribute)
