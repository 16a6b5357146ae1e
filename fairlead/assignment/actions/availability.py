"""Say who is away, and how much anybody can look after."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_date

from fairlead.accounts.public import Membership
from fairlead.assignment import access
from fairlead.assignment.actions.rules import MANAGE
from fairlead.assignment.models import Absence, Capacity
from fairlead.events.public import record
from fairlead.kernel.dates import day
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.fields import Fields
from fairlead.tenancy.public import Actor, firm_today

LONGEST, NOTE_LENGTH, MOST_OPEN = 3 * 366, 200, 1_000_000


@transaction.atomic
def set_absence(given: Mapping[str, Any], *, by: Actor) -> Absence:
    """Note that a member is away: `member` (one's own without), `first_day`, `last_day`, `note`.

    Everybody says so of themselves; of others who manages assignment. Raises `InvalidInput`, for days that are past
    or on which they are away already, too.
    """
    by.require("assignment.view")
    fields = Fields({n: v for n, v in given.items() if n not in ("first_day", "last_day")})
    fields.reference("member")
    fields.text("note", longest=NOTE_LENGTH)
    values = fields.done()
    wanted: UUID | None = values.get("member") or by.membership_id
    if wanted is None:
        raise InvalidInput({"member": ["Say who is away."]})
    member = access.member(by, wanted)
    _may(member.pk, by)
    first, last = _days(given)
    _room(member, first, last)
    absence: Absence = Absence.objects.create(
        member=member, first_day=first, last_day=last, note=values.get("note", ""), set_by_id=by.membership_id
    )
    _tell("absence.set", absence, by)
    return absence


@transaction.atomic
def end_absence(absence_id: UUID, *, by: Actor) -> None:
    """Take an absence back: the member gets records again at once."""
    absence = access.absence(by, absence_id, lock="to delete")
    _may(absence.member_id, by)
    _tell("absence.ended", absence, by)
    absence.delete()


@transaction.atomic
def set_capacity(member_id: UUID, given: Mapping[str, Any], *, by: Actor) -> Capacity:
    """Limit how many open `contacts` and `deals` a member may own and still get more by rules; None for no limit."""
    by.require(MANAGE)
    member = access.member(by, member_id)
    fields = Fields(given)
    fields.whole("contacts", most=MOST_OPEN)
    fields.whole("deals", most=MOST_OPEN)
    values = fields.done()
    capacity, _ = Capacity.objects.update_or_create(member=member, defaults=values)
    told = {n: "no limit" if getattr(capacity, n) is None else getattr(capacity, n) for n in ("contacts", "deals")}
    record("capacity.set", by=by, subject=("member", member.pk), data={"name": member.user.name, **told})
    found: Capacity = capacity
    return found


def _may(member_id: UUID, by: Actor) -> None:
    if member_id != by.membership_id:
        by.require(MANAGE)


def _days(given: Mapping[str, Any]) -> tuple[date, date]:
    problems: dict[str, list[str]] = {}
    days: dict[str, date] = {}
    for name in ("first_day", "last_day"):
        raw = given.get(name)
        try:
            found = raw if isinstance(raw, date) else parse_date(str(raw or ""))
        except ValueError:
            found = None
        if found is None:
            problems[name] = ["Give a day, such as 2027-01-31."]
        else:
            days[name] = found
    if not problems and not 0 <= (days["last_day"] - days["first_day"]).days < LONGEST:
        problems["last_day"] = ["The last day comes after the first, within three years."]
    if problems:
        raise InvalidInput(problems)
    return days["first_day"], days["last_day"]


def _room(member: Membership, first: date, last: date) -> None:
    """Refuse days that change nothing: past ones, and those noted already (taking back one of two would not do)."""
    if last < firm_today():
        raise InvalidInput({"last_day": ["These days are past."]})
    noted = Absence.rows().filter(member=member, first_day__lte=last, last_day__gte=first).order_by("first_day").first()
    if noted is not None:
        days = f"{day(noted.first_day)} to {day(noted.last_day)}"
        raise InvalidInput({"first_day": [f"{member.user.name} is away from {days} already. Take that back first."]})


def _tell(event: str, absence: Absence, by: Actor) -> None:
    days = {"first_day": absence.first_day.isoformat(), "last_day": absence.last_day.isoformat()}
    record(event, by=by, subject=("member", absence.member_id), data={"name": absence.member.user.name, **days})
