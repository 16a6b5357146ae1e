"""JSON as strangers send it: what parses must also be storable, and not be an abyss to whoever walks it."""

from typing import Any

import orjson

DEEPEST = 64  # arrays and objects within each other


def read_json(text: str | bytes) -> Any:
    """Return the value of a text of JSON (RFC 8259: no NaN, no lone surrogates); ValueError for anything else.

    What is nested deeper than `DEEPEST` is refused too: Python's own recursion would end in a crash.
    """
    value = orjson.loads(text)
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer) if isinstance(inner, dict | list)]
    if level:
        raise ValueError(f"Nesting deeper than {DEEPEST} levels is not accepted.")
    return value


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
