"""When the next one of a repeating thing is due: RFC 5545 recurrence rules on wall-clock time.

A rule is worked out on the clock on the wall, without a zone, and only its result is placed into one: so "every day
at 9" stays at 9 when the clocks change. One difference: "every month" from the 31st comes on the last day of shorter
months (and "every year" from 29 February on the 28th), where RFC 5545 leaves them out.
"""

import re
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from fairlead.kernel import dates
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import counted

LONGEST = 300
FREQUENCIES = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
        "SU": "Sunday"}  # fmt: skip
_ALLOWED = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_PROBE = datetime(2024, 1, 1, 9)
_NUMBERS = ("INTERVAL", "COUNT")
_MONTHS = {"MONTHLY": 1, "YEARLY": 12}
# The calendar, weekdays too, repeats after so many years. dateutil looks for what never comes (30 February) until the
# year 9999: asked about the same days shortly before it, it gives up in a blink instead of holding a worker.
_CYCLE, _LATE = 400, 9_900


@dataclass(frozen=True)
class Rule:
    """A recurrence rule. `text` is its RRULE value without the name."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "Rule":
        """Return the rule; raise `InvalidInput` (`rrule`) for what is none, or is more often than daily."""
        cleaned = text.strip().upper().removeprefix("RRULE:")
        parts = _parts(cleaned)
        wrong = len(cleaned) > LONGEST or parts.get("FREQ") not in FREQUENCIES or set(parts) - _ALLOWED
        if wrong or not _can_be_followed(parts):
            raise InvalidInput({"rrule": ["This is no rule that can be followed, such as FREQ=WEEKLY;BYDAY=MO."]})
        return cls(";".join(f"{k}={v}" for k, v in parts.items()))

    @property
    def names_days(self) -> bool:
        """Tell whether the rule says on which days (BYDAY, BYMONTHDAY …), not only how often."""
        return any(key.startswith("BY") for key in _parts(self.text))

    def after(self, moment: datetime, *, start: datetime, number: int) -> datetime | None:
        """Return the next wall-clock time after `moment` in the series that began at `start`, None when it has ended.

        All are naive. `number` is how many of the series there have been.
        """
        parts = _parts(self.text)
        if int(parts.get("INTERVAL", "1")) < 1 or ("COUNT" in parts and number >= int(parts["COUNT"])):
            return None
        found = _following(parts, moment, start)
        until = _until(parts)
        return None if found is None or (until is not None and found > until) else found

    @property
    def words(self) -> str:
        """Return the rule as people say it: "every 2 weeks on Monday and Friday, 10 times"."""
        parts = _parts(self.text)
        each, unit = int(parts.get("INTERVAL", "1")), FREQUENCIES[parts["FREQ"]]
        said = f"every {unit}" if each == 1 else f"every {each} {unit}s"
        if "BYDAY" in parts:
            said += f" on {_day_words(parts)}"
        elif parts.get("BYMONTHDAY"):
            days = parts["BYMONTHDAY"]
            said += " on the last day" if days == "-1" else f" on day {days.replace(',', ', ')}"
        if "COUNT" in parts:
            said += f", {counted(int(parts['COUNT']), 'time')}"
        if (until := _until(parts)) is not None:
            said += f", until {dates.full_day(until)}"
        return said


def said(text: str) -> str:
    """Return a rule as people say it, and what is no rule as it was written."""
    try:
        return Rule.parse(text).words
    except InvalidInput:
        return text


def place(wall: datetime, zone: str) -> datetime:
    """Return the instant of a wall-clock time in a zone, in UTC.

    A time that the change of the clocks leaves out is read as if they had not been changed yet, one that comes twice
    is its first (PEP 495, fold 0).
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall(moment: datetime, zone: str) -> datetime:
    """Return what the clock on the wall shows at an instant, naive."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _can_be_followed(parts: dict[str, str]) -> bool:
    if any(not 1 <= int(parts.get(n, "1")) <= 999 for n in _NUMBERS if parts.get(n, "1").isdecimal()):
        return False  # every 0 days would never get anywhere
    if "0" in parts.get("BYMONTHDAY", "").split(","):
        return False
    try:
        _until(parts)
        return _following(parts, _PROBE, _PROBE) is not None
    except (ValueError, TypeError, IndexError, OverflowError):
        return False


def _following(parts: dict[str, str], moment: datetime, start: datetime) -> datetime | None:
    """Return the first of the series after `moment`, None when none ever comes; not looking at its end."""
    months = _MONTHS.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", "1"))
    if months and not any(key.startswith("BY") for key in parts):
        passed = (moment.year - start.year) * 12 + moment.month - start.month
        number = max(0, passed // months)
        nearest = (start + relativedelta(months=months * n) for n in range(number, number + 3))
        return next((at for at in nearest if at > moment), None)
    years = (_LATE - max(moment.year, start.year)) // _CYCLE * _CYCLE
    rule = rrulestr(_without(parts, "COUNT", "UNTIL"), dtstart=start.replace(year=start.year + years))
    found: datetime | None = rule.after(moment.replace(year=moment.year + years))
    if found is None or found.year - years > MAXYEAR:
        return None
    return found.replace(year=found.year - years)


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(";") if part]
    return {key.strip(): value.strip() for key, _, value in pairs}


def _without(parts: dict[str, str], *names: str) -> str:
    return ";".join(f"{k}={v}" for k, v in parts.items() if k not in names)


def _until(parts: dict[str, str]) -> datetime | None:
    """Return the last wall-clock moment; a date means its whole day, and a Z is passed over: the rule has no zone."""
    if "UNTIL" not in parts:
        return None
    digits = re.fullmatch(r"(\d{8})(?:T(\d{6})Z?)?", parts["UNTIL"])
    if digits is None:
        raise ValueError
    day = datetime.strptime(digits[1], "%Y%m%d")
    if digits[2] is None:
        return datetime.combine(day, time.max)
    return datetime.combine(day, time.min) + timedelta(
        hours=int(digits[2][:2]), minutes=int(digits[2][2:4]), seconds=int(digits[2][4:])
    )


def _day_words(parts: dict[str, str]) -> str:
    ordinals = {"1": "the first ", "2": "the second ", "3": "the third ", "4": "the fourth ", "-1": "the last "}
    said = []
    for day in parts["BYDAY"].split(","):
        position = day[:-2].lstrip("+") or parts.get("BYSETPOS", "")
        said.append(ordinals.get(position, "") + DAYS.get(day[-2:], day))
    if said == list(DAYS.values())[:5]:
        return "weekdays"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
