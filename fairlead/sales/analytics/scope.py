"""What figures are about: a pipeline, a period, perhaps one owner; as far as the actor may see."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fairlead.kernel.errors import InvalidInput
from fairlead.sales import access
from fairlead.tenancy.public import Actor, Firm

PERIODS = {
    "month": "This month", "last_month": "Last month", "quarter": "This quarter", "last_quarter": "Last quarter",
    "year": "This year", "last_year": "Last year", "12_months": "Last 12 months", "all": "All time", "own": "Own dates",
}  # fmt: skip
DEFAULT = "12_months"
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Scope:
    """`since` is the first day that counts and `until` the last, in the firm's time zone."""

    actor: Actor
    pipeline_id: UUID
    since: date
    until: date
    zone: ZoneInfo
    owner_id: UUID | None = None

    @property
    def start(self) -> datetime:
        """Return the first instant."""
        return datetime.combine(self.since, time(), self.zone)

    @property
    def end(self) -> datetime:
        """Return the first instant after."""
        return datetime.combine(self.until + timedelta(days=1), time(), self.zone)

    @property
    def months(self) -> list[date]:
        """Return the first day of every month that it touches."""
        first = self.since.replace(day=1)
        count = (self.until.year - first.year) * 12 + self.until.month - first.month + 1
        return [add_months(first, n) for n in range(count)]

    def where(self, moment: str) -> tuple[str, dict[str, Any]]:
        """Return the condition on a history table that has the column `moment`, with its parameters."""
        parts = ["h.firm_id = %(firm)s", "h.pipeline_id = %(pipeline)s", "h.is_live"]
        parts += [f"h.{moment} >= %(start)s", f"h.{moment} < %(end)s"]
        return self._owned(parts, {"start": self.start, "end": self.end})

    def owned(self, alias_conditions: list[str], values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return conditions of the caller's own with those of firm, pipeline and owner."""
        parts = ["h.firm_id = %(firm)s", "h.pipeline_id = %(pipeline)s", *alias_conditions]
        return self._owned(parts, values)

    def _owned(self, parts: list[str], more: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        values: dict[str, Any] = {"firm": self.actor.firm_id, "pipeline": self.pipeline_id, **more}
        if self.owner_id is not None:
            parts.append("h.owner_id = %(owner)s")
            values["owner"] = self.owner_id
        if self.actor.visible_owners is not None:
            parts.append("h.owner_id = ANY(%(owners)s)")
            values["owners"] = sorted(self.actor.visible_owners)
        return " AND ".join(parts), values

    def within(self, since: date, until: date) -> "Scope":
        """Return the same scope over other days."""
        return replace(self, since=since, until=until)


def scope(
    actor: Actor, firm: Firm, pipeline_id: UUID, *, period: str = DEFAULT, since: date | None = None,
    until: date | None = None, owner_id: UUID | None = None,
) -> Scope:  # fmt: skip
    """Return the scope that a page or a program asks for; raise `NotFound`, or `InvalidInput` for a wrong period."""
    access.pipeline(actor, pipeline_id)
    if since or until:
        first, last = since or FIRST, until or firm.today
    elif period in PERIODS and period != "own":
        first, last = days_of(period, firm.today)
    else:
        raise InvalidInput({"?period": [f"Use one of: {', '.join(PERIODS)}; own dates need since and until."]})
    if not FIRST <= first <= last <= LAST:
        raise InvalidInput({"?until": ["The last day comes after the first."]})
    return Scope(actor, pipeline_id, first, last, ZoneInfo(firm.time_zone), owner_id)


def days_of(period: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a named period."""
    month = today.replace(day=1)
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    year, day = date(today.year, 1, 1), timedelta(days=1)
    found = {
        "month": (month, add_months(month, 1) - day),
        "last_month": (add_months(month, -1), month - day),
        "quarter": (quarter, add_months(quarter, 3) - day),
        "last_quarter": (add_months(quarter, -3), quarter - day),
        "year": (year, add_months(year, 12) - day),
        "last_year": (add_months(year, -12), year - day),
        "12_months": (add_months(month, -11), add_months(month, 1) - day),
        "all": (FIRST, today),
    }
    return found[period]


def add_months(month: date, count: int) -> date:
    """Return the first day of a month `count` months later."""
    years, at = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, at + 1, 1)
