"""The entity tag of what keeps no version: a digest of how it reads (RFC 9110, 8.8.3).

Nouns that people list and edit have a version. Everything else that can be changed is told apart by what its own
`retrieve` answers, so that a new resource has an ETag and honours If-Match without a line of its own.
"""

import hashlib
from collections.abc import Mapping
from inspect import signature
from typing import Any

import orjson
from django.db.models import Model
from rest_framework.serializers import Serializer

from fairlead.kernel.errors import Forbidden, NotFound
from fairlead.shell.api.endpoints import Endpoint

LENGTH = 24  # hexadecimal digits: 96 bits
CHANGES = ("partial_update", "replace", "destroy")


def is_tagged(resource: type) -> bool:
    """Tell whether the digest of a resource's reading is its tag: it is read, changed, and keeps no version."""
    spec = _reading(resource)
    changed = any(hasattr(resource, name) for name in CHANGES)
    return spec is not None and changed and not spec.versioned and not getattr(resource, "conditional", False)


def is_matched(resource: type, path: set[str]) -> bool:
    """Tell whether what is done at an address of these parameters honours If-Match by such a tag."""
    return is_tagged(resource) and set(signature(_retrieve(resource).method).parameters) - {"self"} == path


def tag_of(view: Any, result: Any) -> str:
    """Return the tag of what `retrieve` returned, without the quotes."""
    spec = _reading(type(view))
    assert spec is not None and spec.output is not None
    shown = result
    left_out: frozenset[str] = getattr(spec.output, "by_itself", frozenset())
    if not isinstance(result, Mapping):
        shower: Serializer[Any] = spec.output(result, context={"view": view})
        shown = shower.data
    kept = {name: value for name, value in shown.items() if name not in left_out}
    text = orjson.dumps(kept, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return hashlib.sha256(text).hexdigest()[:LENGTH]


def current(view: Any, path: Mapping[str, Any], *, lock: bool = False) -> str | None:
    """Return the tag of what is at an address now, locked until the transaction ends if asked; None for nothing."""
    read = _retrieve(type(view)).method
    try:
        found = read(view, **path)
        if lock and isinstance(found, Model) and not found._state.adding:
            model: Any = type(found)
            rows = model.rows() if hasattr(model, "rows") else model._default_manager
            rows.filter(pk=found.pk).select_for_update(of=("self",), no_key=True).values_list("pk").first()
            found = read(view, **path)  # as it was left by who held the lock
    except (NotFound, Forbidden):
        return None
    return tag_of(view, found)


def _retrieve(resource: type) -> Any:
    return getattr(resource, "retrieve", None)


def _reading(resource: type) -> Endpoint | None:
    spec: Endpoint | None = getattr(_retrieve(resource), "endpoint", None)
    return spec if spec is not None and spec.output is not None else None
