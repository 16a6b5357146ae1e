"""What a tree means at the moment of asking: who asks, when, and where home is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from fairlead.kernel import clock
from fairlead.tenancy.public import Actor, Firm


@dataclass(frozen=True, slots=True)
class Context:
    """`zone` decides where days begin; `me` is the membership that `"me"` stands for."""

    now: datetime
    zone: ZoneInfo
    country: str = ""
    me: UUID | None = None
    actor: Actor | None = None

    @classmethod
    def of(cls, actor: Actor, firm: Firm | None = None) -> "Context":
        """Return the context of an actor; reads the firm when it is not at hand."""
        home = firm or Firm.objects.get(pk=actor.firm_id)
        return cls(clock.now(), ZoneInfo(home.time_zone), home.country, actor.membership_id, actor)

    @property
    def today(self) -> date:
        """Return the firm's date."""
        return self.now.astimezone(self.zone).date()

    def since(self, days: int) -> datetime:
        """Return the instant at which a window of so many days begins."""
        return self.now - timedelta(days=days)

    def midnight(self, day: date) -> datetime:
        """Return the instant at which `day` begins in the firm's zone."""
        return datetime.combine(day, time(), self.zone)


def shift(day: date, amount: int, unit: str) -> date:
    """Return the day `amount` days, weeks or months later; a month's missing day becomes its last."""
    if unit == "days":
        return _clamped(day, amount)
    if unit == "weeks":
        return _clamped(day, 7 * amount)
    months = day.year * 12 + day.month - 1 + amount
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return date.min if amount < 0 else date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("Every month has 28 days.")


def _clamped(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def same_time(moment: datetime, day: date) -> datetime:
    """Return `moment`'s wall-clock time on another day."""
    return datetime.combine(day, moment.timetz())
