"""Cleaning the values of standard fields: from what people type or send to what is stored.

Every function raises ValueError with a sentence for people; `clean_values` gathers them by field.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.dateparse import parse_datetime
from email_validator import EmailNotValidError, validate_email

from fairlead.kernel import places
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze
from fairlead.records.fields import Field, FieldType

SHORT, LONG = 500, 20_000
LARGEST = 2**31 - 1  # what an integer column holds
_YEARLESS = re.compile(r"^--(\d{2})-(\d{2})$")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class Stored:
    """A value (JSON) that a record had before: it comes back as it was, whatever would be refused today."""

    value: Any

    @classmethod
    def again(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values as the verbs take them to put them back, those of the firm's own fields (`custom`) too."""
        return {name: cls.again(held) if name == "custom" else cls(held) for name, held in values.items()}


def clean_values(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return cleaned values by field name; raise `InvalidInput` naming every wrong one.

    Unknown and read-only names are errors, so that a misspelt field never vanishes silently.
    """
    known = {f.name: f for f in fields}
    cleaned: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, raw in values.items():
        field = known.get(name)
        if field is None or not field.editable:
            errors[name] = ["There is no such field." if field is None else "This field cannot be set."]
            continue
        try:
            cleaned[name] = clean(field, raw)
        except ValueError as error:
            errors[name] = [str(error)]
    if errors:
        raise InvalidInput(errors)
    return cleaned


def clean(field: Field, raw: Any) -> Any:
    """Return the stored form of one value; None and "" mean empty. Raises ValueError."""
    if isinstance(raw, Stored):
        read = _FROM_JSON.get(field.type)
        return read(raw.value) if read and raw.value else raw.value
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if field.required:
            raise ValueError(f"{field.label} is required.")
        return empty(field)
    value = _CLEANERS[field.type](field, raw)
    return field.settle(value) if field.settle else value


def empty(field: Field) -> Any:
    """Return what is stored for no value: "" for text-like fields, None for the others."""
    return "" if field.type in _TEXT_LIKE else (False if field.type is FieldType.BOOLEAN else None)


def clean_email(text: str) -> str:
    """Return the address trimmed, as written; raise ValueError when it is none (RFC 5321, no look-up)."""
    try:
        # Reserved names such as .example and .test are fine: people import and test with them.
        validated = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValueError(f"“{text.strip()[:80]}” is not an email address: {error}") from None
    return str(validated.normalized)


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str | int | float | Decimal):
        raise ValueError("A text is expected.")
    value = squeeze(str(raw))
    if len(value) > SHORT:
        raise ValueError(f"At most {SHORT} characters fit.")
    return value


def _long_text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError("A text is expected.")
    value = raw.replace("\x00", "").strip()
    if len(value) > LONG:
        raise ValueError(f"At most {LONG} characters fit.")
    return value


def _email(field: Field, raw: Any) -> str:
    return clean_email(_text(field, raw))


def _url(field: Field, raw: Any) -> str:
    value = _text(field, raw)
    if "://" not in value:
        value = f"https://{value}"
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValueError("This is not a web address.") from None
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or " " in value:
        raise ValueError("This is not a web address.")
    return value


def _number(field: Field, raw: Any) -> int:
    try:
        number = Decimal(str(raw).strip()) if not isinstance(raw, bool) else None
    except InvalidOperation:
        number = None
    # What is too large is seen before it is made whole: 1e9999999 as a whole number takes minutes.
    if number is None or not number.is_finite() or number.copy_abs() > LARGEST or number != int(number):
        raise ValueError("A whole number is expected.")
    if field.bounds and not field.bounds[0] <= number <= field.bounds[1]:
        raise ValueError(f"A whole number from {field.bounds[0]:,} to {field.bounds[1]:,} is expected.")
    return int(number)


def _boolean(field: Field, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in ("true", "yes", "1", "on"):
        return True
    if word in ("false", "no", "0", "off"):
        return False
    raise ValueError("Yes or no is expected.")


def _date(field: Field, raw: Any) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    try:
        return date.fromisoformat(str(raw).strip())
    except ValueError:
        raise ValueError("A date such as 2026-03-31 is expected.") from None


def _datetime(field: Field, raw: Any) -> datetime:
    try:
        value = raw if isinstance(raw, datetime) else parse_datetime(str(raw).strip())
    except ValueError:
        value = None
    if value is None or value.tzinfo is None:
        raise ValueError("A time with its zone, such as 2026-03-31T09:30:00Z, is expected.")
    return value


def _recurring_date(field: Field, raw: Any) -> str:
    text = str(raw).strip()
    yearless = _YEARLESS.match(text)
    try:
        day = date.fromisoformat(f"2000-{yearless[1]}-{yearless[2]}" if yearless else text)
    except ValueError:
        raise ValueError(
            f"There is no day “{text[:40]}”. A day such as 12 April 1980 is expected, or 12 April without the year "
            "(1980-04-12 and --04-12 over the API)."
        ) from None
    return text if yearless else day.isoformat()


def _choice(field: Field, raw: Any) -> str:
    value = str(raw).strip()
    if value not in {o.value for o in field.options}:
        raise ValueError(f"“{value[:80]}” is not one of: {', '.join(o.value for o in field.options)}.")
    return value


def _country(field: Field, raw: Any) -> str:
    code = places.country_code(str(raw))
    if code is None:
        raise ValueError(f"“{str(raw)[:80]}” is not a country (ISO 3166-1).")
    return code


def _time_zone(field: Field, raw: Any) -> str:
    if not places.is_time_zone(str(raw).strip()):
        raise ValueError(f"“{str(raw)[:80]}” is not a time zone (IANA), such as Europe/Berlin.")
    return str(raw).strip()


def _language(field: Field, raw: Any) -> str:
    if not _LANGUAGE.match(str(raw).strip()):
        raise ValueError("A language tag (BCP 47) such as en or de-AT is expected.")
    return str(raw).strip()


def _reference(field: Field, raw: Any) -> UUID:
    try:
        return raw if isinstance(raw, UUID) else UUID(str(raw))
    except ValueError:
        raise ValueError(f"{field.label} is given by its id (a UUID).") from None


_TEXT_LIKE = frozenset(FieldType) - {
    FieldType.NUMBER, FieldType.MONEY, FieldType.BOOLEAN, FieldType.DATE, FieldType.DATETIME, FieldType.MEMBER,
    FieldType.COMPANY, FieldType.MULTI_CHOICE, FieldType.REFERENCE,
}  # fmt: skip
_FROM_JSON: dict[FieldType, Callable[[str], Any]] = {
    FieldType.DATE: date.fromisoformat,
    FieldType.DATETIME: datetime.fromisoformat,
    FieldType.MEMBER: UUID,
    FieldType.COMPANY: UUID,
    FieldType.REFERENCE: UUID,
}
_CLEANERS: dict[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _text,
    FieldType.URL: _url,
    FieldType.NUMBER: _number,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.RECURRING_DATE: _recurring_date,
    FieldType.CHOICE: _choice,
    FieldType.COUNTRY: _country,
    FieldType.TIME_ZONE: _time_zone,
    FieldType.LANGUAGE: _language,
    FieldType.MEMBER: _reference,
    FieldType.COMPANY: _reference,
    FieldType.REFERENCE: _reference,
}
