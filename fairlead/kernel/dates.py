"""Days and moments as the person who looks at them writes dates."""

import calendar
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone

from fairlead.kernel import clock

# Name -> the day, and the day without its year (Django's date format characters).
STYLES = {
    "day_month": ("j M Y", "j M"),
    "month_day": ("M j, Y", "M j"),
    "slashes_day": ("d/m/Y", "d/m"),
    "slashes_month": ("m/d/Y", "m/d"),
    "dots": ("d.m.Y", "d.m."),
    "iso": ("Y-m-d", "m-d"),
}
USUAL = "day_month"
_MONTH_FIRST = frozenset({"month_day", "slashes_month", "iso"})
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_DAY_WORD = re.compile(r"^(\d{1,2})(?:\.|st|nd|rd|th)? ([A-Za-z]{3,9})\.?(?:,? (\d{4}))?$")
_WORD_DAY = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$")
_YEARLY = re.compile(r"--\d{2}-\d{2}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}\S*)?")
_NUMBERS = re.compile(r"^(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4})|\.)?$")
_style: ContextVar[str] = ContextVar("date_style", default=USUAL)


@contextmanager
def written_as(style: str) -> Iterator[None]:
    """Write dates in `style` during the block; in the usual one when it is unknown."""
    token = _style.set(USUAL)
    write_as(style)
    try:
        yield
    finally:
        _style.reset(token)


def write_as(style: str) -> None:
    """Write dates in `style` from now on, until the `written_as` around this ends."""
    _style.set(style if style in STYLES else USUAL)


def day(value: date | datetime | None) -> str:
    """Return a day with its year, of a moment the one in the viewer's zone; "" for None."""
    return _written(_day_of(value), STYLES[_style.get()][0]) if value else ""


def short_day(value: date | datetime | None) -> str:
    """Return a day without its year; "" for None."""
    return _written(_day_of(value), STYLES[_style.get()][1]) if value else ""


def moment(value: datetime | None) -> str:
    """Return a day and the time on it in the viewer's zone; "" for None."""
    return f"{day(value)}, {_local(value):%H:%M}" if value else ""


def short_moment(value: datetime | None) -> str:
    """Return a day without its year and the time on it in the viewer's zone; "" for None."""
    return f"{short_day(value)}, {_local(value):%H:%M}" if value else ""


def week_day(value: date | datetime | None) -> str:
    """Return a day without its year behind the short name of its weekday; "" for None."""
    return f"{_written(_day_of(value), 'D')} {short_day(value)}" if value else ""


def week_moment(value: datetime | None) -> str:
    """Return what `week_day` does, and the time on it in the viewer's zone; "" for None."""
    return f"{week_day(value)}, {_local(value):%H:%M}" if value else ""


def full_day(value: date | datetime | None) -> str:
    """Return what `day` does, a month that is a word written out; "" for None."""
    return _written(_day_of(value), STYLES[_style.get()][0].replace("M", "F")) if value else ""


def long_day(value: date | datetime | None) -> str:
    """Return what `full_day` does behind the name of its weekday; "" for None."""
    return f"{_written(_day_of(value), 'l')}, {full_day(value)}" if value else ""


def yearly(value: str) -> str:
    """Return a day that comes every year (ISO 8601) as the viewer says it: "12 April 1980", "April 12"."""
    month_first = _style.get() in _MONTH_FIRST
    if value.startswith("--"):
        return dateformat.format(date.fromisoformat(f"2000-{value[2:]}"), "F j" if month_first else "j F")
    return dateformat.format(date.fromisoformat(value), "F j, Y" if month_first else "j F Y")


def as_written(text: str) -> str:
    """Return an ISO 8601 day, yearly or not, or moment as the viewer writes it; other texts come back as they are."""
    if _YEARLY.fullmatch(text):
        with suppress(ValueError):
            return yearly(text)
    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return day(date.fromisoformat(text)) if len(text) == 10 else moment(datetime.fromisoformat(text))
    return text


def read_yearly(text: str) -> str:
    """Return a day that comes every year in ISO 8601 (`--04-12`, or with its year) from how the viewer writes dates.

    What is no such day comes back as it is: whoever keeps it says what is wrong.
    """
    line = " ".join(text.split())
    if match := _DAY_WORD.match(line):
        number, word, year = match.groups()
    elif match := _WORD_DAY.match(line):
        word, number, year = match.groups()
    elif match := _NUMBERS.match(line):
        first, _, second, year = match.groups()
        word, number = (first, second) if _style.get() in _MONTH_FIRST else (second, first)
    else:
        return text
    month = int(word) if word.isdigit() else _MONTHS.get(word[:3].lower(), 0)
    return f"{year or '-'}-{month:02}-{int(number):02}"


def samples(today: date) -> list[tuple[str, str]]:
    """Return each style with `today` written in it, to choose from."""
    return [(style, dateformat.format(today, full)) for style, (full, _) in STYLES.items()]


@lru_cache(maxsize=4_000)
def _written(value: date, characters: str) -> str:
    """Write a day out: the same few come back hundreds of times on a list page."""
    return dateformat.format(value, characters)


def _day_of(value: date | datetime) -> date:
    local = _local(value)
    return local.date() if isinstance(local, datetime) else local


def _local(value: date | datetime) -> date | datetime:
    """Return a moment as it is where the viewer is; one at either end of the calendar, that is none there, as it is."""
    with suppress(OverflowError):
        return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return value


def last_months(count: int) -> list[datetime]:
    """Return when the last `count` months began where the viewer is, earliest first, as Django's TruncMonth does."""
    found = [timezone.localtime(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]
