"""Addresses without a trailing slash, ids as UUIDs, verbs as resources."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path

from fairlead.shell.api.resource import Resource

COLLECTION = {"get": "list", "post": "create", "patch": "partial_update_all", "delete": "destroy_all"}
ITEM = {"get": "retrieve", "put": "replace", "patch": "partial_update", "delete": "destroy"}


def routes(prefix: str, resource: type[Resource], *, key: str = "<uuid:pk>") -> list[URLPattern]:
    """Return the addresses of a resource: its verbs, its collection, its items, by the methods it has.

    `prefix` may hold path parameters ("contacts/<uuid:contact>/notes"); its methods get them by name.
    """
    found = [_pattern(f"{prefix}/{url}", resource, actions) for url, actions in _verbs(resource, key)]
    for address, methods in ((prefix, COLLECTION), (f"{prefix}/{key}", ITEM)):
        actions = {m: name for m, name in methods.items() if hasattr(resource, name)}
        if actions:
            found.append(_pattern(address, resource, actions))
    return found


def single(address: str, resource: type[Resource]) -> list[URLPattern]:
    """Return the address of the one thing of its kind, such as the firm's settings."""
    actions = {m: name for m, name in ITEM.items() if hasattr(resource, name)}
    return [_pattern(address, resource, actions)]


def _verbs(resource: type[Resource], key: str) -> Iterator[tuple[str, dict[str, str]]]:
    grouped: dict[str, dict[str, str]] = {}
    # As they are written: asking a view for its `schema` would load the whole generator of the document at start.
    members = {name: member for kind in reversed(resource.__mro__) for name, member in vars(kind).items()}
    for name, member in sorted(members.items()):
        route: tuple[str, str, str] | None = getattr(member, "route", None)
        if route is not None:
            url, method, of = route
            address = f"{key}/{url}" if of == "item" else url
            grouped.setdefault(address, {})[method] = name
    yield from grouped.items()


def _pattern(address: str, resource: type[Resource], actions: dict[str, str]) -> URLPattern:
    names: Any = dict(actions)
    return path(address, resource.as_view(names), name="-".join(filter(None, [resource.__name__, *actions.values()])))
