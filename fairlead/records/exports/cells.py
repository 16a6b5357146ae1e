"""From the values of a list to the cells of a file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from fairlead.kernel.spreadsheets import joined
from fairlead.shell.lists import Link, Option, Person

Cell = str | int | float | None


def cell(value: Any, *, several: bool = True) -> Cell:
    """Return the value as it stands in a file: numbers stay numbers, moments are ISO 8601 in UTC.

    Values of which there may be several stand as `spreadsheets.joined` writes them; the one choice of a list as it is.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Option | Link):
        return value.label
    if isinstance(value, Person):
        return value.name
    if isinstance(value, Sequence):
        texts = [str(cell(v)) for v in value]
        return joined(texts) if several else ";".join(texts)
    return str(value)
