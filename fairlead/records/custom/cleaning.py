"""Cleaning the values of custom fields: from what people type or send to the JSON that is stored."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

from fairlead.kernel import money, patterns
from fairlead.kernel import phone as phones
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.spreadsheets import SEPARATORS, separated
from fairlead.records import cleaning
from fairlead.records.fields import Field, FieldType
from fairlead.records.models import CustomField
from fairlead.records.models.custom_field import PREFIX
from fairlead.tenancy.public import Firm, require_firm

_BARE = {t: Field(t.value, t.value, t) for t in FieldType}  # the cleaners of standard fields want a field
DIGITS = 15  # what JSON numbers keep exactly (RFC 8259, section 6)


@dataclass(frozen=True, slots=True)
class Home:
    """What a firm means when it does not say: ISO 3166-1 country, ISO 4217 currency, IANA zone."""

    country: str = "US"
    currency: str = "USD"
    time_zone: str = "UTC"

    @classmethod
    def of_firm(cls) -> Self:
        """Return what the firm of the context means."""
        firm = Firm.objects.only("country", "currency", "time_zone").get(pk=require_firm())
        return cls(firm.country, firm.currency, firm.time_zone)


def clean_custom(
    fields: Iterable[CustomField],
    values: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
    home: Home | None = None,
) -> dict[str, Any]:
    """Return the record's whole new `custom`: `before` with `values` (by key) set; None and "" take a value out.

    Without `before` the record is new: defaults fill in and required fields must be there. Raises `InvalidInput`
    with paths such as `custom.tier`.
    """
    known = {f.key: f for f in fields if f.archived_at is None}
    result = dict(before or {})
    errors: dict[str, list[str]] = {}
    given = values if before is not None else _with_defaults(known.values(), values)
    for key, raw in given.items():
        if isinstance(raw, cleaning.Stored):
            result |= {key: raw.value}
            continue
        field = known.get(key)
        if field is None:
            errors[PREFIX + key] = ["There is no such field."]
            continue
        try:
            value = clean_value(_with_held(field, result.get(key)), raw, home=home)
        except ValueError as error:
            errors[PREFIX + key] = [str(error)]
            continue
        result[key] = value
    if errors:
        raise InvalidInput(errors)
    return {key: value for key, value in result.items() if value is not None}


def clean_value(field: CustomField, raw: Any, *, home: Home | None = None) -> Any:
    """Return the JSON to store for one value, None for no value; raise ValueError with a sentence for people.

    Without `home` the firm of the context is at home; give it where there are many values to clean.
    """
    if isinstance(raw, cleaning.Stored):
        return raw.value
    if raw is None or raw == [] or (isinstance(raw, str) and not raw.strip()):
        if field.is_required:
            raise ValueError(f"{field.label} is required.")
        return None
    value = _CLEANERS[field.type](field, raw, home or Home.of_firm())
    if field.rules:
        _check_rules(field, value)
    return value


def _with_held(field: CustomField, held: Any) -> CustomField:
    """Return the field with the archived options that the record has already among its choices."""
    values = held if isinstance(held, list) else [held]
    if not any(o.get("archived") and o["value"] in values for o in field.options):
        return field
    options = [o | {"archived": False} if o["value"] in values else o for o in field.options]
    return CustomField(kind=field.kind, label=field.label, is_required=field.is_required, rules=field.rules,
                       options=options)  # fmt: skip


def _with_defaults(fields: Iterable[CustomField], values: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(values)
    for field in fields:
        if (field.is_required or field.default is not None) and field.key not in given:
            given[field.key] = field.default
    return given


def _plain(field: CustomField, raw: Any, home: Home) -> Any:
    return cleaning.clean(_BARE[field.type], raw)


def _phone(field: CustomField, raw: Any, home: Home) -> str:
    typed: str = cleaning.clean(_BARE[FieldType.PHONE], raw)
    return phones.e164(typed, home.country) or typed


def _number(field: CustomField, raw: Any, home: Home) -> int | float:
    if isinstance(raw, bool):
        raise ValueError("A number is expected.")
    number = money.plain_decimal(str(raw)) if isinstance(raw, str) else Decimal(str(raw))
    if not number.is_finite():
        raise ValueError("A number is expected.")
    if abs(number.adjusted()) > 2 * DIGITS or len(number.normalize().as_tuple().digits) > DIGITS:
        raise ValueError(f"At most {DIGITS} digits fit.")
    return int(number) if number == number.to_integral_value() else float(number)


def _money(field: CustomField, raw: Any, home: Home) -> dict[str, Any]:
    currency = str(field.rules.get("currency") or home.currency)
    if isinstance(raw, Mapping):
        units, code = raw.get("amount"), str(raw.get("currency") or currency).upper()
        if not isinstance(units, int) or isinstance(units, bool) or abs(units) >= money.LIMIT:
            raise ValueError("The amount is a whole number of minor units (cents).")
    else:
        units, code = money.parse(str(raw), currency)
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError("The currency is a code of three letters (ISO 4217).")
    return {"amount": units, "currency": code}


def _date(field: CustomField, raw: Any, home: Home) -> str:
    return str(cleaning.clean(_BARE[FieldType.DATE], raw).isoformat())


def _datetime(field: CustomField, raw: Any, home: Home) -> str:
    try:
        value = raw if isinstance(raw, datetime) else parse_datetime(str(raw).strip())
    except ValueError:
        value = None
    if value is None:
        raise ValueError("A time such as 2026-03-31T09:30:00Z is expected.")
    aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(home.time_zone))
    return aware.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _choice(field: CustomField, raw: Any, home: Home) -> str:
    """Accept the stored value or, as imports and people write it, the label."""
    options = _options(field)
    value = options.get(str(raw).strip().casefold())
    if value is None:
        raise ValueError(f"“{str(raw)[:80]}” is not one of: {', '.join(o.label for o in field.choices)}.")
    return value


def _multi_choice(field: CustomField, raw: Any, home: Home) -> list[str]:
    """Accept a list, or text with the choices between semicolons or commas; keep the order of the options."""
    if isinstance(raw, str):
        one = _options(field).get(raw.strip().casefold())
        raw = [raw] if one else separated(raw, SEPARATORS)
    if not isinstance(raw, list | tuple):
        raise ValueError("A list of choices is expected.")
    chosen = {_choice(field, part, home) for part in raw}
    return [o.value for o in field.choices if o.value in chosen]


def _options(field: CustomField) -> dict[str, str]:
    labels = {o.label.casefold(): o.value for o in field.choices}
    return labels | {o.value.casefold(): o.value for o in field.choices}


def _check_rules(field: CustomField, value: Any) -> None:
    rules = field.rules
    size = money.major(value["amount"], value["currency"]) if field.type is FieldType.MONEY else value
    if field.type in (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.DATETIME):
        if rules.get("min") is not None and size < rules["min"]:
            raise ValueError(f"{field.label} is at least {rules['min']}.")
        if rules.get("max") is not None and size > rules["max"]:
            raise ValueError(f"{field.label} is at most {rules['max']}.")
    if isinstance(value, str | list):
        unit = "choices" if isinstance(value, list) else "characters"
        if len(value) < (rules.get("min_length") or 0):
            raise ValueError(f"At least {rules['min_length']} {unit} are needed.")
        if rules.get("max_length") is not None and len(value) > rules["max_length"]:
            raise ValueError(f"At most {rules['max_length']} {unit} fit.")
    if rules.get("pattern") and isinstance(value, str) and not patterns.fits(rules["pattern"], value):
        raise ValueError(rules.get("pattern_message") or f"{field.label} does not have the expected form.")


_CLEANERS: dict[FieldType, Callable[[CustomField, Any, Home], Any]] = {
    FieldType.TEXT: _plain,
    FieldType.LONG_TEXT: _plain,
    FieldType.EMAIL: _plain,
    FieldType.URL: _plain,
    FieldType.BOOLEAN: _plain,
    FieldType.RECURRING_DATE: _plain,
    FieldType.PHONE: _phone,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.DATETIME: _datetime,
    FieldType.CHOICE: _choice,
    FieldType.MULTI_CHOICE: _multi_choice,
}
