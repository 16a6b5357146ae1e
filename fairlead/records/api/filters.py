"""Filtering lists: criteria as JSON, and one simple parameter for each field, which becomes criteria too.

`country=DE`, `country__in=DE,FR`, `created_at__gte=2026-01-01`, `custom.score__gt=5`, `tag=VIP,Press`.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold
from fairlead.records.criteria import memberships
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.operators import OPERATORS, Operator
from fairlead.records.criteria.vocabulary import FieldRef, Vocabulary
from fairlead.records.fields import FieldType
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, Firm

NAME = re.compile(r"^[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+){0,2}$")
MOMENTS = (FieldType.DATE, FieldType.DATETIME)
# Moments compare by the words of the criteria; these are what people expect of an API.
_MOMENT_WORDS = {"gt": "after", "lt": "before", "gte": "before", "lte": "after"}
_DENIED = ("gte", "lte")
_SPAN = re.compile(r"^(\d{1,5})(d|w|m)?$")
_UNITS = {"d": "days", "w": "weeks", "m": "months", None: "days"}


def looks_like_field(name: str) -> bool:
    """Tell whether a parameter may be a field with an operator; whether it really is comes out in `narrow`."""
    return bool(NAME.match(name)) and len(name) <= 120


def narrow(
    noun: Noun, rows: QuerySet[Any], *, tree: Any, simple: Mapping[str, str], by: Actor, firm: Firm, at: str = "?filter"
) -> QuerySet[Any]:
    """Return the rows that fit the criteria and every simple parameter; raise `InvalidInput` naming what is wrong.

    `at` names the place of the criteria in the request: `?filter` or `criteria`.
    """
    if tree is None and not simple:
        return rows
    vocabulary = Vocabulary(noun)
    nodes = [_node(vocabulary, name, text, by) for name, text in simple.items()]
    places = [f"?{name}" for name in simple]
    if tree is not None:
        nodes.append(tree)
        places.append(at)
    try:
        criteria = Criteria(noun, {"all": nodes}, by=by, vocabulary=vocabulary, context=Context.of(by, firm))
    except InvalidInput as error:
        raise InvalidInput(_placed(error, places, at), code=error.code) from None
    return criteria.filter(rows)


def _placed(error: InvalidInput, places: list[str], at: str) -> dict[str, list[str]]:
    """Name the parameters instead of the nodes made of them; a node of the criteria keeps its path."""
    found: dict[str, list[str]] = {}
    for path, messages in error.fields.items():
        _, index, rest = [*path.split(".", 2), "", ""][:3]
        place = places[int(index)] if index.isdigit() and int(index) < len(places) else at
        if place == at and rest:
            separator = ":" if at.startswith("?") else "."
            place = f"{at}{separator}{rest}"
        found.setdefault(place, []).extend(messages)
    return found


def _node(vocabulary: Vocabulary, parameter: str, text: str, by: Actor) -> Any:
    name, _, op = parameter.partition("__")
    kind = memberships.get(name)
    if kind is not None and vocabulary.noun.name in kind.nouns:
        return _membership(kind, parameter, op, text, vocabulary.noun, by)
    ref = vocabulary.resolve(name)
    if ref is None:
        raise InvalidInput({f"?{parameter}": ["There is no such parameter here."]})
    if ref.type is FieldType.BOOLEAN and op in ("", "is"):
        return {"field": name, "op": _truth(parameter, text)}
    if ref.type in MOMENTS and op in _MOMENT_WORDS:
        node: Any = {"field": name, "op": _MOMENT_WORDS[op], "value": text.replace(" ", "+")}
        return {"all": [{"field": name, "op": "is_known"}, {"not": node}]} if op in _DENIED else node
    return _condition(ref, parameter, op, text)


def _condition(ref: FieldRef, parameter: str, op: str, text: str) -> Any:
    offered = {o.name: o for o in OPERATORS[ref.type]}
    default = "has_any" if "has_any" in offered else "is"
    operator = offered.get(op or default)
    if operator is None:
        names = ", ".join(f"{ref.name}__{n}" for n in offered)
        raise InvalidInput({f"?{parameter}": [f"This field can be compared by: {names}."]})
    node = {"field": ref.name, "op": operator.name}
    if operator.shape == "none":
        known = _truth(parameter, text) == "is_true"
        return node if known else {"not": node}
    return {**node, "value": _value(operator, text)}


def _value(operator: Operator, text: str) -> Any:
    if operator.shape in ("many", "two"):
        return [part for part in text.split(",") if part]
    span = _SPAN.match(text) if operator.shape == "span" else None
    return {"amount": int(span[1]), "unit": _UNITS[span[2]]} if span else text


def _truth(parameter: str, text: str) -> str:
    if text not in ("true", "false", "1", "0"):
        raise InvalidInput({f"?{parameter}": ["Use true or false."]})
    return "is_true" if text in ("true", "1") else "is_false"


def _membership(kind: memberships.Kind, parameter: str, op: str, text: str, noun: Noun, by: Actor) -> Any:
    """Accept ids and names; a name that nobody knows is an error, since it would otherwise show everything."""
    op = op or ("has_any" if kind.style == "set" else "in")
    ids, names = [], []
    for part in filter(None, text.split(",")):
        try:
            ids.append(str(UUID(part)))
        except ValueError:
            names.append(part)
    if names:
        known = {fold(o.label): o.value for o in kind.choices(noun.name, by)}
        missing = [n for n in names if fold(n) not in known]
        if missing:
            raise InvalidInput({f"?{parameter}": [f"No {kind.label_one} is called “{missing[0][:80]}”."]})
        ids += [known[fold(n)] for n in names]
    return {kind.name: {"op": op, "value": ids}}


def described(noun: Noun) -> tuple[dict[str, Any], ...]:
    """Return the OpenAPI form of the simple parameters: one for each field, its operators in the description."""
    found = []
    for field in noun.every_field:
        if field.filterable and field.type in OPERATORS:
            words = sorted(
                {o.name for o in OPERATORS[field.type]} | (set(_MOMENT_WORDS) if field.type in MOMENTS else set())
            )
            about = f"{field.label}. Compare otherwise with `{field.name}__` and one of: {', '.join(words)}."
            found.append(_described(field.name, about))
    for kind in memberships.of_noun(noun.name):
        found.append(_described(kind.name, f"{kind.label}, by name or id, separated by commas: any of them."))
    return tuple(found)


def _described(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": {"type": "string"}}
