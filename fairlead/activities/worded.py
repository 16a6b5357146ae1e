"""What a field of a record says inside a text: words for whoever reads it, never a code."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_datetime

from fairlead.kernel import dates, money
from fairlead.kernel.places import countries, language_name
from fairlead.records.public import Field, FieldType


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
    FieldType.BOOLEAN: lambda v: "yes" if v else "no",
    FieldType.DATE: _day,
    FieldType.DATETIME: _moment,
    FieldType.RECURRING_DATE: dates.yearly,
    FieldType.COUNTRY: lambda v: countries().get(v, v),
    FieldType.LANGUAGE: language_name,
    FieldType.MONEY: lambda v: money.shown(v["amount"], v["currency"]),
    FieldType.NUMBER: lambda v: formats.number_format(v, use_l10n=True, force_grouping=True),
}
