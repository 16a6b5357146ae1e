"""Index keys: every value as text whose code-point order is the order of the values.

The same keys are made of stored values and of the values of a filter, so comparing keys compares values.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from fairlead.kernel.text import fold
from fairlead.records.fields import FieldType

TEXT_LENGTH = 200
_BIAS = 5000
_COMPLEMENT = str.maketrans("0123456789", "9876543210")
_NOT_PHONE = re.compile(r"[^0-9+]")


def keys(field_type: FieldType, value: Any) -> list[str]:
    """Return the keys of a stored value: one, or one for each choice; none for no value."""
    if value is None or value in ("", []):
        return []
    if field_type is FieldType.MULTI_CHOICE:
        return list(dict.fromkeys(str(choice) for choice in value))
    return [_ENCODERS.get(field_type, _exact)(value)]


def key(field_type: FieldType, value: Any) -> str:
    """Return the key of one value that is not empty; of several choices, the key of one of them."""
    return keys(field_type, [value] if field_type is FieldType.MULTI_CHOICE else value)[0]


def searchable(field_type: FieldType, value: str) -> str:
    """Return the text that parts are looked for in: folded; an address in lower case; a number's digits and plus."""
    if field_type is FieldType.EMAIL:
        return value.strip().lower()
    return phone_key(value) if field_type is FieldType.PHONE else fold(value)


def text_key(value: str) -> str:
    """Return the folded text; beyond 200 characters a digest stands for the rest, so that equality still holds."""
    return _short(fold(value))


def _short(folded: str) -> str:
    if len(folded) <= TEXT_LENGTH:
        return folded
    digest = hashlib.md5(folded.encode(), usedforsecurity=False).hexdigest()
    return f"{folded[:TEXT_LENGTH]}\x01{digest}"


def number_key(value: Any) -> str:
    """Return the key of a number: sign, biased exponent, digits; negative ones complemented.

    12 is `2` `5001` `12`, -12 is `0` `4998` `87~`, zero is `1`.
    """
    if type(value) is int and value > 0:  # most amounts of an import
        whole = str(value)
        return f"2{len(whole) - 1 + _BIAS:04d}{whole.rstrip('0')}"
    number = Decimal(str(value))
    if not number:
        return "1"
    digits = "".join(map(str, number.as_tuple().digits)).strip("0") or "0"
    exponent = number.adjusted()
    if number > 0:
        return f"2{exponent + _BIAS:04d}{digits}"
    return f"0{_BIAS - 1 - exponent:04d}{digits.translate(_COMPLEMENT)}~"


def money_key(value: Any) -> str:
    """Return currency, colon, amount in minor units: amounts order within their currency."""
    return f"{value['currency']}:{number_key(value['amount'])}"


def phone_key(value: str) -> str:
    """Return only digits and plus."""
    return _NOT_PHONE.sub("", value)[:60]


def email_key(value: str) -> str:
    """Return the address trimmed, in lower case."""
    return _short(value.strip().lower())


def datetime_key(value: Any) -> str:
    """Return the instant in UTC to the microsecond; takes a datetime or its stored text."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def recurring_key(value: str) -> str:
    """Return month and day, then the year if known: `04-12 1980`."""
    return f"{value[-5:]} {value[:-6].strip('-')}".rstrip()


def _exact(value: Any) -> str:
    return str(value)


def _boolean(value: Any) -> str:
    return "1" if value else "0"


_ENCODERS: dict[FieldType, Callable[[Any], str]] = {
    FieldType.TEXT: text_key,
    FieldType.LONG_TEXT: text_key,
    FieldType.URL: text_key,
    FieldType.EMAIL: email_key,
    FieldType.PHONE: phone_key,
    FieldType.NUMBER: number_key,
    FieldType.MONEY: money_key,
    FieldType.BOOLEAN: _boolean,
    FieldType.DATETIME: datetime_key,
    FieldType.RECURRING_DATE: recurring_key,
}
