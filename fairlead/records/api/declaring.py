"""What every noun's endpoints take and give, in the words of the noun."""

from collections.abc import Callable
from types import FunctionType
from typing import Any

from rest_framework import serializers

from fairlead.records.api import batches, filters
from fairlead.records.nouns import Noun
from fairlead.shell.api.endpoints import FIELDS, endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.strict import Input, Output

BINNED = Param("binned", "List what is in the bin instead.", "boolean", default=False)
# A record on its own: it cuts itself down to `fields`, and its version is the entity tag.
ONE: dict[str, Any] = {"params": (FIELDS,), "sparse": False, "versioned": True}
FILTER = Param("filter", "Criteria as JSON, as `criteria` of the search takes them.", "json",
               example='{"all":[{"field":"country","op":"in","value":["DE","AT"]}]}')  # fmt: skip
QUICK = Param("q", "Quick search, as above the list: name, address, number; typing errors are forgiven.", default="")
OWN_FIELD = r"-?custom\.[a-z][a-z0-9_]*"
TOTAL = Param("total", "Count all rows too, into `total`.", "boolean", default=False)


def declare(resource: Any, noun: Noun, output: type[Output], body: type[Input]) -> None:
    """Give the resource's methods their endpoints."""
    for name, wrap in wrappers(resource, noun, output, body).items():
        setattr(resource, name, wrap(_reworded(getattr(resource, name), noun)))


def wrappers(
    resource: Any, noun: Noun, output: type[Output], body: type[Input]
) -> dict[str, Callable[[FunctionType], Any]]:
    """Return the decorator of each method."""
    many: dict[str, Any] = {"output": batches.BatchOutput, "of": "collection", "sparse": False}
    items = _with_items(noun, body)
    listed: dict[str, Any] = {"paged": True, "sparse": False, "extra": filters.looks_like_field}
    listed["open_params"] = filters.described(noun)
    return {
        "list": endpoint(output, params=(*list_params(resource, noun), FILTER), **listed),
        "search": verb(
            "search", output, body=_search(noun), of="collection", params=list_params(resource, noun), **listed
        ),
        "retrieve": endpoint(output, **ONE),
        "create": endpoint(output, body=body, status=201, **ONE),
        "partial_update": endpoint(output, body=body, **ONE),
        "destroy": endpoint(versioned=True),
        "restore": verb("restore", output, **ONE),
        "purge": verb("purge"),
        "create_batch": verb("batch/create", body=items[0], **many),
        "update_batch": verb("batch/update", body=items[1], **many),
        "delete_batch": verb("batch/delete", body=batches.Ids, **many),
        "restore_batch": verb("batch/restore", body=batches.Ids, **many),
        "purge_batch": verb("batch/purge", body=batches.Ids, **many),
    }


def list_params(resource: Any, noun: Noun) -> tuple[Param, ...]:
    """Return the parameters that decide what a list shows and in which order."""
    orders = [n for f in noun.fields if f.sortable for n in (f.name, f"-{f.name}")]
    about = (
        "The order, also by one of the firm's own fields (`custom.score`); a leading minus turns it round. "
        "Rows without a value come last."
    )
    order = Param("sort", about, choices=orders, pattern=OWN_FIELD, default=noun.default_sort)
    found = [FIELDS, BINNED, TOTAL, QUICK, order, *resource.asked]
    if resource.parts:
        add = "Show these parts too, which lists leave out: separated by commas."
        found.append(Param("include", add, many=True, choices=list(resource.parts)))
    return tuple(found)


def _search(noun: Noun) -> type[Input]:
    """Return the body of a search."""
    criteria = serializers.DictField(
        required=False, help_text="A tree of all, any, not, fields, tags, lists and events; see the guide."
    )
    about = f"Which {noun.plural}."
    return type(f"{noun.name.title()}Search", (Input,), {"criteria": criteria, "__doc__": about})


def _with_items(noun: Noun, body: type[Input]) -> tuple[type[Input], type[Input]]:
    """Return the bodies of the batches that create and update."""
    name = noun.name.title()
    which = {"id": serializers.UUIDField(), "version": serializers.IntegerField(required=False)}
    change = type(f"{name}Change", (body,), {**which, "__doc__": f"A {noun.name} and what to change."})
    return (
        type(f"{name}CreateBatch", (Input,), {"items": batches.Items(child=body()), "__doc__": "What to create."}),
        type(f"{name}UpdateBatch", (Input,), {"items": batches.Items(child=change()), "__doc__": "What to change."}),
    )


def _reworded(method: FunctionType, noun: Noun) -> FunctionType:
    """Return a copy of the method whose docstring speaks of the noun."""
    copy = FunctionType(method.__code__, method.__globals__, method.__name__, method.__defaults__, method.__closure__)
    copy.__kwdefaults__ = method.__kwdefaults__
    copy.__doc__ = (method.__doc__ or "").replace("{plural}", noun.plural).replace("{noun}", noun.label.lower())
    return copy
