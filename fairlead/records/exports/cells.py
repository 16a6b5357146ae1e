"""From the values of a list to the cells of a file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from fairlead.shell.lists import Link, Option, Person

Cell = str | int | float | None


def cell(value: Any) -> Cell:
    """Return the value as it stands in a file: numbers stay numbers, moments are ISO 8601 in UTC, lists end in ;."""
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
        return ";".join(str(cell(v)) for v in value)
    return str(value)
