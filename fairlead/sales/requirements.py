"""What a stage needs of a deal before it may enter."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import custom
from fairlead.sales.models import Deal, LineItem, Stage

# Field names as the noun has them; those of the firm are `custom.<key>`.
OFFERED = {
    "value": "Value", "expected_close": "Expected close", "owner": "Owner", "contact": "Contact", "company": "Company",
    "next_step": "Next step", "priority": "Priority", "source": "Source", "description": "Description",
    "items": "Line items",
}  # fmt: skip
PREFIX = "custom."


def offered() -> dict[str, str]:
    """Return the names and labels of what a stage may require: fields of the noun and the firm's own."""
    return OFFERED | {f.name: f.label for f in custom.custom_fields("deal")}


def missing(deal: Deal, stage: Stage) -> list[str]:
    """Return the names of the required fields that are empty."""
    return [name for name in stage.required_fields if not _has(deal, name)]


def check(deal: Deal, stage: Stage) -> None:
    """Raise `InvalidInput` (code `required_fields`) that names each field the deal lacks to enter the stage."""
    absent = missing(deal, stage)
    if absent:
        labels = offered()
        found = {n: [f"{stage.name} needs: {labels.get(n, n).lower()}."] for n in absent}
        raise InvalidInput(found, code="required_fields")


def check_all(deals: QuerySet[Deal], stage: Stage) -> None:
    """Raise what `check` does about the first of these deals that lacks a field; the database looks for them."""
    if stage.required_fields:
        suspects = deals.filter(reduce(or_, map(_seems_empty, stage.required_fields)))
        for deal in suspects.order_by("pk").iterator(chunk_size=100):
            check(deal, stage)


def clean(names: Sequence[Any]) -> list[str]:
    """Return the names of required fields without repetition; raise `InvalidInput` for one that there is not."""
    known = offered()
    for name in names:
        if name not in known:
            raise InvalidInput({"required_fields": [f"There is no field called {str(name)[:60]}."]})
    return list(dict.fromkeys(names))


def _has(deal: Deal, name: str) -> bool:
    if name == "items":
        return LineItem.rows().filter(deal=deal).exists()
    if name.startswith(PREFIX):
        return deal.custom.get(name.removeprefix(PREFIX)) not in (None, "", [])
    if name in ("owner", "contact", "company"):
        return getattr(deal, f"{name}_id") is not None
    return getattr(deal, name) not in (None, "")


def _seems_empty(name: str) -> Q:
    """Return the condition of deals without a value of a field; few others meet it, none without one fails it."""
    if name == "items":
        return Q(~Exists(LineItem.rows().filter(deal=OuterRef("pk"))))
    if name.startswith(PREFIX):
        text = Coalesce(KeyTextTransform(name.removeprefix(PREFIX), "custom"), Value(""), output_field=TextField())
        return Q(In(text, ["", "[]"]))
    column = Deal._meta.get_field(name)
    return Q(**{f"{name}__isnull": True}) if column.null else Q(**{name: ""})
