"""What a field of a record says inside a text: words for whoever reads it, never a code."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from fairlead.kernel import dates
from fairlead.records.public import PLAIN_WORDS, Field, FieldType


def worded(field: Field, value: Any) -> str:
    """Return a stored value in words, in the viewer's way of writing dates; "" for none."""
    if value is None or value in ("", []):
        return ""
    if field.every_option:
        labels = {o.value: o.label for o in field.every_option}
        return ", ".join(labels.get(str(v), str(v)) for v in (value if isinstance(value, list) else [value]))
    word = _WORDS.get(field.type)
    return word(value) if word else str(value)


def _day(value: date | str) -> str:
    return dates.full_day(date.fromisoformat(value) if isinstance(value, str) else value)


def _moment(value: datetime | str) -> str:
    moment = parse_datetime(value) if isinstance(value, str) else value
    return dates.moment(moment) if moment else ""


_WORDS: Mapping[FieldType, Callable[[Any], str]] = {
    **PLAIN_WORDS,
    FieldType.BOOLEAN: lambda v: "yes" if v else "no",
    FieldType.DATE: _day,
    FieldType.DATETIME: _moment,
}
