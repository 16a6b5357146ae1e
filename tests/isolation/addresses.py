"""Every address of the application, taken from the resolver, and how to fill in its parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver

# What the parameters that are no ids may be: any value that leads into the view will do.
WORDS = {
    "key": "name", "name": "x", "noun": "contact", "plural": "contacts", "state": "empty", "verb": "tag",
    "done": "1", "job_id": "0", "number": "0", "uidb36": "0", "kind": "note", "field": "name",
    "month": "2026-11", "measure": "won", "token": "x", "secret": "x", "slug": "alder",
    "loser": str(UUID(int=5)),  # another record than the winner
}  # fmt: skip
SKIPPED = re.compile(r"^(shell/gallery|static/)|^accounts/|^join/|^login-link/|^operator/")
UPLOAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
# What the verb `tag` is where there is none such: by the first word of the address.
VERBS = {"segments": "pause", "tag-rules": "pause", "personas": "archive"}
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """An address with parameters, such as `f/<slug:firm>/contacts/<uuid:record_id>/`."""

    route: str
    view: Any

    @property
    def is_api(self) -> bool:
        """Tell whether it belongs to the API."""
        return self.route.startswith("api/")

    @property
    def in_firm(self) -> bool:
        """Tell whether it is a page of a firm."""
        return "<slug:firm>" in self.route

    @property
    def has_ids(self) -> bool:
        """Tell whether it names a record."""
        return "<uuid:" in self.route

    @property
    def methods(self) -> list[str]:
        """Return the methods to try: those an API address has, GET and POST for pages. HEAD is GET without its body."""
        actions = getattr(self.view, "actions", None)
        return sorted(set(actions) - {"head"}) if actions else ["get", "post"]

    @property
    def uploads(self) -> bool:
        """Tell whether it takes a file instead of JSON."""
        names = getattr(self.view, "actions", {}).values()
        return any(getattr(self.view.cls, n).endpoint.upload for n in names)

    def path(self, firm: str, record: UUID | int | None = None) -> str:
        """Return the address in a firm, with `record` (a new id when None) wherever it names one."""
        value = str(record if record is not None else uuid4())

        def fill(match: re.Match[str]) -> str:
            kind, name = match.groups()
            if name == "firm":
                return firm
            if name == "verb":
                return VERBS.get(self.route.removeprefix("f/<slug:firm>/").split("/")[0], WORDS[name])
            return value if kind == "uuid" else WORDS[name]

        return "/" + _PARAMETER.sub(fill, self.route)

    def body(self, ids: dict[str, UUID | int]) -> dict[str, Any]:
        """Return a body that names records of another firm wherever the endpoint takes an id."""
        fields: dict[str, Any] = {}
        for action in getattr(self.view, "actions", {}).values():
            spec = getattr(getattr(self.view.cls, action), "endpoint", None)
            if spec is not None and spec.body is not None:
                fields |= {n: _sample(f, n, ids) for n, f in spec.body().fields.items()}
        return {n: v for n, v in fields.items() if v is not None}


def _sample(field: Any, name: str, ids: dict[str, UUID | int]) -> Any:
    from rest_framework import serializers as s

    if isinstance(field, s.UUIDField):
        return str(_foreign(name, ids))
    if isinstance(field, s.ListField):
        inner = _sample(field.child, name, ids)
        return None if inner is None else [inner]
    if isinstance(field, s.ChoiceField):
        return next(iter(field.choices))
    kinds = ((s.EmailField, "x@example.com"), (s.BooleanField, False), (s.IntegerField, 1), (s.CharField, "x"))
    return next((value for kind, value in kinds if isinstance(field, kind)), None)


def _foreign(name: str, ids: dict[str, UUID | int]) -> UUID | int:
    """Return the id of the table whose name fits the field best: `successor`, `owner`: a member; else by name."""
    stem = name.rstrip("s").removesuffix("_id")
    return next((i for table, i in ids.items() if table.endswith(f"_{stem}")), ids["accounts_membership"])


def addresses() -> list[Address]:
    """Return every address that belongs to a firm or to the API."""
    return [a for a in walk(get_resolver().url_patterns) if not SKIPPED.match(a.route)]


def walk(patterns: list[Any], before: str = "") -> Iterator[Address]:
    """Return every address below some patterns of a resolver."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Address(route, pattern.callback)
