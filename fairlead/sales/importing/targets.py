"""What the columns of a file of deals may be written to, and how their special words are read."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from fairlead.kernel.text import fold, squeeze
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import several
from fairlead.records.imports.public import formats
from fairlead.records.public import FieldType
from fairlead.sales.actions.values import clean_currency
from fairlead.sales.models import Outcome

_ADDRESS = re.compile(r"(?<![^\s@<>(),;:])[^\s@<>(),;:]+@[^\s@<>(),;:]+\.[^\s@<>(),;:]+")
TARGETS = (
    Target("title", "Title", FieldType.TEXT, "About"),
    Target("value", "Value", FieldType.MONEY, "About", help="A currency written beside it counts."),
    Target("currency", "Currency", FieldType.TEXT, "About", help="ISO 4217, such as EUR; else the firm’s."),
    Target("owner", "Owner", FieldType.MEMBER, "About", help="The address or full name of a member."),
    Target("company", "Company", FieldType.COMPANY, "About", help="Its name; a missing one is made."),
    Target("contacts", "Contacts", FieldType.TEXT, "About", True, "Addresses or full names, between ; or ,"),
    Target("priority", "Priority", FieldType.TEXT, "About", help="Low, normal, high or urgent."),
    Target("description", "Description", FieldType.LONG_TEXT, "About"),
    Target("source", "Source", FieldType.TEXT, "About"),
    Target("pipeline", "Pipeline", FieldType.TEXT, "Progress", help="Its name; else the one that has the stage."),
    Target("stage", "Stage", FieldType.TEXT, "Progress", help="Its name; won and lost are understood."),
    Target("status", "Status", FieldType.TEXT, "Progress", help="Open, won or lost."),
    Target("expected_close", "Expected close", FieldType.DATE, "Progress", help="Of a closed deal: when it closed."),
    Target("closed_at", "Closed", FieldType.DATETIME, "Progress", True, "When it was won or lost."),
    Target("lost_reason", "Why it was lost", FieldType.TEXT, "Progress"),
    Target("next_step", "Next step", FieldType.TEXT, "Progress"),
    Target("tags", "Tags", FieldType.TEXT, "Sorting", True, "Several in one cell, between ; or ,"),
    Target("external_id", "External id", FieldType.TEXT, "System", help="Its id in another system."),
    Target("created_at", "Created", FieldType.DATETIME, "System"),
)
_WON = ("won", "closed won", "gewonnen", "gagne", "ganado", "abgeschlossen und gewonnen")
_LOST = ("lost", "closed lost", "verloren", "perdu", "perdido", "abandoned")
_PRIORITIES = {"low": "low", "niedrig": "low", "normal": "normal", "medium": "normal", "mittel": "normal",
               "high": "high", "hoch": "high", "urgent": "urgent", "dringend": "urgent"}  # fmt: skip


class Amount(NamedTuple):
    """An amount in major units and the currency written beside it, "" without."""

    number: Decimal
    currency: str


def parser(column: Column) -> Callable[[str], Any] | None:
    """Return how a cell of a special target is read; None where the field's type says it all."""
    found = _PARSERS.get(column.target or "")
    return partial(found, column) if found is not None else None


def ending(text: str) -> str:
    """Return "won" or "lost" for the words that mean it, also with a pipeline in brackets behind; else ""."""
    word = squeeze(re.sub(r"\(.*\)$", "", fold(text)))
    return str(Outcome.WON) if word in _WON else str(Outcome.LOST) if word in _LOST else ""


def _amount(column: Column, text: str) -> Amount:
    number = formats.parse_number(text, column.decimal)
    if number < 0:
        raise ValueError("An amount of 0 or more is expected.")
    return Amount(number, formats.currency_of(text))


def _currency(column: Column, text: str) -> str:
    return clean_currency(text)


def _day(column: Column, text: str) -> Any:
    return formats.parse_date(text, column.dates)


def _contacts(column: Column, text: str) -> tuple[str, ...]:
    """Return addresses in lower case; where there are none, names as they are."""
    addresses = [found.lower() for found in _ADDRESS.findall(text)]
    return tuple(dict.fromkeys(addresses)) or several(column, text)


def _status(column: Column, text: str) -> str:
    """Return an outcome; what means neither won nor lost is open."""
    return ending(text) or str(Outcome.OPEN)


def _priority(column: Column, text: str) -> str:
    return _PRIORITIES.get(fold(text), "")


_PARSERS: dict[str, Callable[[Column, str], Any]] = {
    "value": _amount,
    "currency": _currency,
    "expected_close": _day,
    "contacts": _contacts,
    "tags": several,
    "status": _status,
    "priority": _priority,
}
