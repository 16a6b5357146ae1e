"""The reference page's view of the OpenAPI document: groups of operations, each with a request that can be tried."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from fairlead.api import document
from fairlead.shell.api.problems import CODES

METHODS = ("get", "post", "put", "patch", "delete")
COLORS = {"get": "blue", "post": "green", "put": "amber", "patch": "amber", "delete": "red"}
PLACES = ("path", "query", "header")
DEPTH = 4


@dataclass(frozen=True)
class Value:
    """A parameter or a field: what it is called, what it holds, whether it must be there."""

    name: str
    type: str
    about: str
    required: bool = False
    place: str = ""


@dataclass(frozen=True)
class Operation:
    """One method at one address."""

    id: str
    method: str
    color: str
    path: str
    summary: str
    description: str
    parameters: list[Value]
    body: list[Value]
    answer: list[Value]
    responses: list[tuple[str, str]]
    curl: str

    def fits(self, words: list[str]) -> bool:
        """Tell whether all words occur in address, name or description, or are names of its fields."""
        text = f"{self.method} {self.path} {self.id} {self.summary} {self.description}".lower()
        fields = {value.name for values in (self.parameters, self.body, self.answer) for value in values}
        return all(word in text or word in fields for word in words)


@dataclass(frozen=True)
class Group:
    """The operations of a resource."""

    name: str
    anchor: str
    operations: list[Operation] = field(default_factory=list)


@dataclass(frozen=True)
class Code:
    """What a problem's `code` means."""

    name: str
    status: int
    title: str


def codes() -> list[Code]:
    """Return the codes of problems, by status."""
    return [Code(name, status, title) for name, (status, title) in CODES.items()]


def groups(query: str = "") -> list[Group]:
    """Return the groups with the operations that fit the words of `query`; all of them without."""
    words = query.lower().split()[:10]
    found = [Group(g.name, g.anchor, [o for o in g.operations if o.fits(words)]) for g in _all()]
    return [group for group in found if group.operations]


def operation(name: str) -> Operation | None:
    """Return the operation of that id."""
    return next((o for group in _all() for o in group.operations if o.id == name), None)


def only(one: Operation) -> list[Group]:
    """Return the group of an operation with it alone."""
    return [Group(g.name, g.anchor, [one]) for g in _all() if one in g.operations]


@lru_cache(maxsize=1)
def _all() -> tuple[Group, ...]:
    doc = document.build()
    found: dict[str, Group] = {}
    for path, item in doc["paths"].items():
        for method in (m for m in METHODS if m in item):
            name = item[method]["tags"][0]
            group = found.setdefault(name, Group(name, slugify(name)))
            group.operations.append(_operation(doc, path, method, item[method]))
    return tuple(sorted(found.values(), key=lambda g: g.name))


def _operation(doc: Mapping[str, Any], path: str, method: str, raw: Mapping[str, Any]) -> Operation:
    media, body = _body(raw)
    success: Mapping[str, Any] = next((r for status, r in raw["responses"].items() if status.startswith("2")), {})
    content: list[Mapping[str, Any]] = list(success.get("content", {}).values())
    answer = content[0].get("schema", {}) if content else {}
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        color=COLORS[method],
        path=path,
        summary=raw.get("summary", ""),
        description=raw.get("description", ""),
        parameters=_parameters(doc, raw),
        body=_fields(doc, body),
        answer=_fields(doc, answer),
        responses=[(status, _resolved(doc, r)["description"]) for status, r in raw["responses"].items()],
        curl=_curl(path, method, media, _example(doc, body) if body else None),
    )


def _body(raw: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    content = raw.get("requestBody", {}).get("content", {})
    media = next(iter(content), "")
    return media, content.get(media, {}).get("schema", {})


def _parameters(doc: Mapping[str, Any], raw: Mapping[str, Any]) -> list[Value]:
    found = [_resolved(doc, p) for p in raw.get("parameters", [])]
    values = [
        Value(p["name"], _type(doc, p["schema"]), p.get("description", ""), p.get("required", False), p["in"])
        for p in found
    ]
    return sorted(values, key=lambda v: PLACES.index(v.place))


def _fields(doc: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Value]:
    shape = _resolved(doc, schema)
    required = shape.get("required", ())
    return [
        Value(name, _type(doc, inner), _about(doc, inner), name in required)
        for name, inner in shape.get("properties", {}).items()
    ]


def _about(doc: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    return str(schema.get("description") or _resolved(doc, schema).get("description", ""))


def _type(doc: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    shape = _resolved(doc, schema)
    if "oneOf" in shape:
        return " or ".join(dict.fromkeys(_type(doc, one) for one in shape["oneOf"]))
    kinds = shape.get("type", "any")
    words = [k for k in (kinds if isinstance(kinds, list) else [kinds]) if k != "null"]
    text = str(shape.get("format") or " or ".join(words))
    if text == "array":
        return f"list of {_type(doc, shape.get('items', {}))}"
    if "enum" in shape:
        text = " | ".join(str(v) for v in shape["enum"] if v not in (None, ""))
    return text + (" or null" if isinstance(kinds, list) and "null" in kinds else "")


def _resolved(doc: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        target: Any = doc
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    parts = schema.get("allOf", ())
    return _resolved(doc, parts[0]) if len(parts) == 1 else schema


_SAMPLES = {
    "uuid": "019a2f6e-8d5c-7b13-9e8a-2f4c6d8e0a1b", "date-time": "2026-03-31T09:00:00Z", "date": "2026-03-31",
    "email": "ada@example.com", "uri": "https://example.com", "integer": 1, "number": 1.5, "boolean": True,
    "string": "text",
}  # fmt: skip
_NAMES = {
    "first_name": "Ada", "last_name": "Byron", "email": "ada@example.com", "address": "ada@example.com",
    "country": "GB", "name": "Kestrel", "noun": "contact", "body": "<p>Called.</p>", "number": "+44 20 7946 0011",
}  # fmt: skip
_MOST = 4  # fields that an example shows beside the required ones


def _example(doc: Mapping[str, Any], schema: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    shape = _resolved(doc, schema)
    kinds = shape.get("type", "string")
    kind = next((k for k in (kinds if isinstance(kinds, list) else [kinds]) if k != "null"), "string")
    if kind == "object":
        required, inner = shape.get("required", []), shape.get("properties", {})
        chosen = [*required, *[n for n in inner if n not in required][: _MOST if not required else 0]]
        return {n: _example(doc, inner[n], n, depth + 1) for n in chosen if n in inner} if depth < DEPTH else {}
    if kind == "array":
        return [_example(doc, shape.get("items", {}), name, depth + 1)]
    if "enum" in shape or "oneOf" in shape:
        first = shape.get("enum") or _resolved(doc, shape["oneOf"][0]).get("enum") or ["text"]
        return first[0]
    if kind == "string" and name in _NAMES:
        return _NAMES[name]
    return _SAMPLES.get(shape.get("format", ""), _SAMPLES.get(kind, "text"))


def _curl(path: str, method: str, media: str, body: Any) -> str:
    lines = [f"curl {'' if method == 'get' else f'-X {method.upper()} '}{settings.BASE_URL}{path}"]
    lines.append('-H "Authorization: Bearer $FAIRLEAD_KEY"')
    if media == "multipart/form-data":
        lines.append("-F file=@offer.pdf")
    elif media:
        lines += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, indent=2)}'"]
    return " \\\n  ".join(lines)
