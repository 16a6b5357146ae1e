"""How dates and numbers are written in a column: recognised from its values, confirmed by the user, then parsed."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation

from fairlead.kernel import clock, money

DATE_ORDERS = ("ymd", "dmy", "mdy")
DECIMALS = (".", ",")
_DATE = re.compile(
    r"^(\d{1,4})([./-])\s?(\d{1,2})[./-]\s?(\d{1,4})"
    r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$"
)
_WORDED = re.compile(r"^(?:(\d{1,2})\.? ([A-Za-z]{3,9})|([A-Za-z]{3,9}) (\d{1,2})),? (\d{4})$")
_YEARLESS = re.compile(r"^--(\d{2})-?(\d{2})$")
_DAY_MONTH = re.compile(r"^(\d{1,2})[./-](\d{1,2})\.?$")
_MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m}
_CURRENCY = re.compile(
    r"^(?:[A-Z]{3}|[€$£¥₣]|zł|Kč|kr)?\s*(\(?[-+]?[\d.,'’\s]+\)?)\s*(?:[A-Z]{3}|[€$£¥₣]|zł|Kč|kr\.?)?$"
)
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:([.,])\d{2,3})(?:\1\d{2,3})*(?:[.,]\d+)?(?!\d|[.,]\d)")
_WRITTEN_CURRENCY = re.compile(r"\b[A-Z]{3}\b|[€$£¥]|zł|Kč")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "zł": "PLN", "Kč": "CZK"}
_MONTH_FIRST = frozenset({"US", "PH", "CA"})
_POINT = frozenset(
    {"US", "GB", "IE", "AU", "NZ", "CA", "IN", "JP", "CN", "KR", "SG", "HK", "TH", "MY", "MX", "IL", "CH"}
)


@dataclass(frozen=True, slots=True)
class Style:
    """The order of a date's parts and the decimal sign; `sure` when the values leave no other reading."""

    dates: str = "ymd"
    decimal: str = "."
    sure: bool = True


def detect_style(values: Iterable[str], country: str) -> Style:
    """Return how the values are written; where they leave it open, as is usual in `country` (ISO 3166-1)."""
    texts = [v.strip() for v in values if v.strip()]
    order, order_sure = _order(texts, country)
    decimal, decimal_sure = _decimal(texts, country)
    return Style(order, decimal, order_sure and decimal_sure)


def parse_date(text: str, order: str) -> date:
    """Return the day; raise ValueError with a sentence for people."""
    return parse_moment(text, order, UTC).date()


def parse_moment(text: str, order: str, zone: tzinfo) -> datetime:
    """Return the moment, read in `zone` unless it names its own; midnight when it names a day only."""
    match = _DATE.match(text.strip())
    try:
        if match is None:
            return _worded(text, zone)
        year, month, day = _parts(match, order)
        hour, minute, second = (int(match[n] or 0) for n in (5, 6, 7))
        if match[8]:
            hour = hour % 12 + (12 if match[8].lower() == "pm" else 0)
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[9]) or zone)
    except ValueError:
        example = {"ymd": "2026-03-31", "dmy": "31.03.2026", "mdy": "03/31/2026"}[order]
        raise ValueError(f"“{text[:40]}” is not a date such as {example}.") from None


def parse_recurring(text: str, order: str) -> str:
    """Return a birthday in ISO 8601: with its year, or `--MM-DD` without one; 29 February is fine without."""
    yearless = _YEARLESS.match(text.strip())
    short = _DAY_MONTH.match(text.strip())
    if yearless or short:
        first, second = (yearless or short).groups()  # type: ignore[union-attr]
        month, day = (second, first) if short and order == "dmy" else (first, second)
        try:
            date(2000, int(month), int(day))
        except ValueError:
            raise ValueError(f"“{text[:40]}” is not a day of the year.") from None
        return f"--{int(month):02}-{int(day):02}"
    day = parse_date(text, order)
    if day > clock.now().date() and str(day.year) not in text:  # the "45" of a day that has been is 1945
        day = day.replace(year=day.year - 100)
    return day.isoformat()


def parse_number(text: str, decimal: str) -> Decimal:
    """Return the number without thousands separators, currency or percent signs; raise ValueError."""
    match = _amount(text.strip().rstrip("%"))
    if match is None:
        raise ValueError(f"“{text[:40]}” is not a number.")
    digits = re.sub(r"[\s'’()]", "", match[1])
    digits = digits.replace("." if decimal == "," else ",", "").replace(",", ".")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        raise ValueError(f"“{text[:40]}” is not a number.") from None
    return -number if "(" in match[1] else number


def _amount(text: str) -> re.Match[str] | None:
    """Match a number with or without currency; none is longer than amounts are."""
    return _CURRENCY.match(text) if len(text) <= money.LONGEST else None


def currency_of(text: str) -> str:
    """Return the currency that is written beside an amount (ISO 4217), "" when there is none."""
    match = _WRITTEN_CURRENCY.search(text)
    return _SIGNS.get(match[0], match[0]) if match else ""


def looks_like_date(text: str) -> bool:
    """Tell whether the text is a date in any order."""
    return bool(_DATE.match(text) or _WORDED.match(text))


def has_time(text: str) -> bool:
    """Tell whether the text is a date with a time of day."""
    match = _DATE.match(text)
    return bool(match and match[5])


def looks_like_number(text: str) -> bool:
    """Tell whether the text is a number, with or without currency."""
    match = _amount(text)
    if not match or not any(c.isdigit() for c in text) or re.match(r"^[-+]?0\d", text):
        return False
    return not any(match[1].count(sign) > 1 and not _GROUPED.search(match[1]) for sign in ".,")


def _parts(match: re.Match[str], order: str) -> tuple[int, int, int]:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        return first, second, third
    year = third + (2000 if third < 70 else 1900) if len(match[4]) <= 2 else third
    return (year, first, second) if order == "mdy" else (year, second, first)


def _worded(text: str, zone: tzinfo) -> datetime:
    match = _WORDED.match(text.strip())
    month = _MONTHS.get((match[2] or match[3])[:3].lower()) if match else None
    if match is None or month is None:
        raise ValueError
    return datetime(int(match[5]), month, int(match[1] or match[4]), tzinfo=zone)


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ("Z", "UTC"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def _order(texts: list[str], country: str) -> tuple[str, bool]:
    dates = [m for m in map(_DATE.match, texts) if m]
    if not dates or all(len(m[1]) == 4 for m in dates):
        return ("ymd", True) if dates else (("mdy" if country in _MONTH_FIRST else "dmy"), True)
    parts = [m for m in dates if len(m[1]) != 4]
    if any(m[2] == "." or int(m[1]) > 12 for m in parts):
        return "dmy", True
    if any(int(m[3]) > 12 for m in parts):
        return "mdy", True
    return ("mdy" if country in _MONTH_FIRST else "dmy"), False


def _decimal(texts: list[str], country: str) -> tuple[str, bool]:
    numbers = [m[1].strip(" ()") for t in texts if looks_like_number(t) and (m := _amount(t))]
    if any(re.search(r"\.\d{3},|,\d{1,2}$|,\d{4,}$|\.\d{3}\.", t) for t in numbers):
        return ",", True
    if any(re.search(r",\d{3}\.|\.\d{1,2}$|\.\d{4,}$|,\d{3},", t) for t in numbers):
        return ".", True
    usual = "." if country in _POINT else ","
    return usual, not any("," in t or "." in t for t in numbers)
