"""Operands: the value of a field test, parsed by the field's type. Every parser raises ValueError with a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from fairlead.kernel.places import country_code
from fairlead.kernel.text import whole_number
from fairlead.records.criteria.context import Context, shift
from fairlead.records.criteria.operators import Operator
from fairlead.records.criteria.vocabulary import FieldRef
from fairlead.records.custom.cleaning import clean_value
from fairlead.records.fields import FieldType

UNITS = ("days", "weeks", "months")
MANY, LONGEST, FAR = 1000, 200, 12_000
ME = "me"
INSTANT = timedelta(microseconds=1)
FIRST, LAST = date(1, 1, 3), date(9999, 12, 28)  # a day and a zone away from what datetime cannot hold


@dataclass(frozen=True, slots=True)
class Relative:
    """A moment counted from now: -30 days."""

    amount: int
    unit: str

    def day(self, context: Context) -> date:
        """Return the day meant."""
        return min(max(shift(context.today, self.amount, self.unit), FIRST), LAST)


Moment = date | datetime | Relative  # a date means the whole day in the firm's zone


def bounds(moment: Moment, context: Context) -> tuple[datetime, datetime]:
    """Return the first instant of the moment and the first one after it, in UTC."""
    if isinstance(moment, datetime):
        return moment, moment + INSTANT
    day = moment.day(context) if isinstance(moment, Relative) else moment
    start = context.midnight(day).astimezone(UTC)
    return start, context.midnight(day + timedelta(days=1)).astimezone(UTC)


def parse(ref: FieldRef, operator: Operator, raw: Any) -> Any:
    """Return the typed operand: one value, a tuple of two or many, a span, days, or None."""
    if operator.shape == "none":
        if raw not in (None, True, ""):
            raise ValueError(f"“{operator.label}” takes no value.")
        return None
    if operator.shape == "span":
        return span(raw)
    if operator.shape == "days":
        return whole(raw, 0, 366)
    one = _PARSERS[ref.type]
    if operator.shape == "many":
        values = raw if isinstance(raw, list) else [raw]
        if not 1 <= len(values) <= MANY:
            raise ValueError(f"Give 1 to {MANY} values.")
        return tuple(one(ref, value) for value in values)
    if operator.shape == "two":
        if not isinstance(raw, list) or len(raw) != 2:
            raise ValueError("Give two values: from and to.")
        return one(ref, raw[0]), one(ref, raw[1])
    return one(ref, raw)


def span(raw: Any) -> Relative:
    """Return a length of time: a number of days, or {"amount": 3, "unit": "weeks"}."""
    if isinstance(raw, Mapping):
        unit = raw.get("unit", "days")
        if unit not in UNITS:
            raise ValueError("The unit is days, weeks or months.")
        return Relative(whole(raw.get("amount"), 0, FAR), unit)
    return Relative(whole(raw, 0, FAR), "days")


def whole(raw: Any, least: int, most: int) -> int:
    """Return an integer within limits."""
    if isinstance(raw, str):
        raw = whole_number(raw)
    if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
        raise ValueError(f"A whole number from {least} to {most} is expected.")
    return raw


def _text(ref: FieldRef, raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("A text is expected.")
    if len(raw) > LONGEST:
        raise ValueError(f"At most {LONGEST} characters are compared.")
    if "\x00" in raw or any(0xD800 <= ord(letter) < 0xE000 for letter in raw):
        raise ValueError("The text holds a character that no text can hold.")
    return raw


def _number(ref: FieldRef, raw: Any) -> Decimal:
    try:
        number = Decimal(str(raw).strip()[:40]) if isinstance(raw, int | float | str | Decimal) else None
    except InvalidOperation:
        number = None
    if number is None or isinstance(raw, bool) or not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError("A number is expected.")
    return number


def _money(ref: FieldRef, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, str | int | float | Mapping) or ref.custom is None or raw == "":
        raise ValueError("An amount such as 1,234.50 EUR is expected.")
    bare = type(ref.custom)(kind=ref.custom.kind, rules={"currency": ref.custom.rules.get("currency")})
    value: dict[str, Any] = clean_value(bare, raw)
    return value


def _moment(ref: FieldRef, raw: Any) -> Moment:
    if isinstance(raw, Mapping):
        relative = raw.get("relative")
        if not isinstance(relative, Mapping) or relative.get("unit") not in UNITS:
            raise ValueError('A relative date looks like {"relative": {"unit": "days", "amount": -30}}.')
        return Relative(whole(relative.get("amount"), -FAR, FAR), relative["unit"])
    text = raw.strip() if isinstance(raw, str) else ""
    try:
        return min(max(date.fromisoformat(text), FIRST), LAST) if len(text) == 10 else _instant(ref, text)
    except ValueError:
        raise ValueError("A date such as 2026-03-31, or a relative date, is expected.") from None


def _instant(ref: FieldRef, text: str) -> datetime:
    value = parse_datetime(text)
    if value is None or value.tzinfo is None or not FIRST <= value.date() <= LAST or ref.type is FieldType.DATE:
        raise ValueError(text)
    return value.astimezone(UTC)


def _choice(ref: FieldRef, raw: Any) -> str:
    text = _text(ref, raw).strip()
    known = {o.value for o in ref.field.options}
    if ref.custom is not None:
        known = {str(o["value"]) for o in ref.custom.options}  # a filter may still ask for archived options
    if text not in known:
        raise ValueError(f"“{text}” is not one of: {', '.join(sorted(known))}.")
    return text


def _code(ref: FieldRef, raw: Any) -> str:
    return _text(ref, raw).strip()


def _country(ref: FieldRef, raw: Any) -> str:
    code = country_code(_text(ref, raw))
    if code is None:
        raise ValueError(f"“{raw}” is not a country (ISO 3166-1).")
    return code


def _id(ref: FieldRef, raw: Any) -> UUID | str:
    if raw == ME and ref.type is FieldType.MEMBER:
        return ME
    try:
        return raw if isinstance(raw, UUID) else UUID(str(raw))
    except ValueError:
        raise ValueError("An id (a UUID) is expected.") from None


_PARSERS: dict[FieldType, Callable[[FieldRef, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _text,
    FieldType.EMAIL: _text,
    FieldType.PHONE: _text,
    FieldType.URL: _text,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _moment,
    FieldType.DATETIME: _moment,
    FieldType.CHOICE: _choice,
    FieldType.MULTI_CHOICE: _choice,
    FieldType.COUNTRY: _country,
    FieldType.TIME_ZONE: _code,
    FieldType.LANGUAGE: _code,
    FieldType.MEMBER: _id,
    FieldType.COMPANY: _id,
    FieldType.REFERENCE: _id,
}
