"""The page that shows how contacts and companies spread over places, time zones and complete profiles."""

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.people import spread, worldmap
from fairlead.people.web import kinds
from fairlead.records.public import Noun, read_tree

NOUNS = ("contact", "company")


@require_GET
def page(request: FirmRequest) -> HttpResponse:
    """Show how records spread: `?of=contacts|companies&by=country&lifecycle=&criteria=`, the last as a list has it."""
    noun = _noun(request)
    offered = {name: d.label for name, d in spread.DIMENSIONS.items() if d.offered(noun)}
    by = request.GET.get("by", "")
    by = by if by in offered else next(iter(offered))
    stage = request.GET.get("lifecycle", "")
    stages = [(option.value, option.label) for option in noun.field("lifecycle").options]
    tree, error = _tree(request)
    conditions = [{"field": "lifecycle", "op": "is", "value": stage}] if stage in dict(stages) else []
    conditions += [tree] if tree else []
    context = {
        "noun": noun, "nouns": [kinds.noun_of(n) for n in _seen(request)], "by": by, "dimensions": offered.items(),
        "stage": stage, "stages": stages, "criteria": json.dumps(tree) if tree else "", "error": error,
        "url": kinds.url(request, "distribution"), "plain": urlencode({"of": noun.plural, "by": by}),
    }  # fmt: skip
    return render(request, "people/growth/distribution.html", context | _figures(request, noun, by, conditions))


def _figures(request: FirmRequest, noun: Noun, by: str, conditions: list[Any]) -> dict[str, Any]:
    asked = {"all": conditions} if conditions else None
    try:
        found = spread.over(noun, by, actor=request.actor, criteria=asked)
    except InvalidInput as refused:
        return {"error": _sentences(refused)}
    figures: dict[str, Any] = {
        "found": found, "most": max((line.count for line in found.lines), default=0) or 1,
        "lines": [(line, _list(request, noun, [*line.conditions, *conditions])) for line in found.lines],
    }  # fmt: skip
    if by == "country":
        figures["map"] = worldmap.drawn({line.country: line.count for line in found.lines})
    if by == "completeness":
        figures["mean"] = found.mean
    return figures


def _seen(request: FirmRequest) -> list[str]:
    return [name for name in NOUNS if request.actor.can(kinds.noun_of(name).permission("view"))]


def _noun(request: FirmRequest) -> Noun:
    seen = _seen(request)
    if not seen:
        request.actor.require("contacts.view")
    return next((n for n in map(kinds.noun_of, seen) if n.plural == request.GET.get("of")), kinds.noun_of(seen[0]))


def _tree(request: FirmRequest) -> tuple[Any, str]:
    try:
        return read_tree(request.GET.get("criteria", "")), ""
    except InvalidInput as error:
        return None, _sentences(error)


def _list(request: FirmRequest, noun: Noun, conditions: list[Any]) -> str:
    return kinds.list_url(request, noun.name, {"all": conditions})


def _sentences(error: InvalidInput) -> str:
    return " ".join(text for texts in error.fields.values() for text in texts)
