"""Who is free to take something: neither away, nor leaving, nor at the limit."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from fairlead.accounts.public import Membership
from fairlead.assignment.models import Absence, Capacity
from fairlead.kernel.dates import day
from fairlead.people.public import Contact
from fairlead.sales.public import Deal
from fairlead.tenancy.public import firm_today

# A contact needs looking after until it is a client, whose work has its own people.
OPEN_STAGES = ("subscriber", "lead", "marketing_qualified", "sales_qualified", "prospect")


def loads(noun: str, members: Collection[UUID] | None = None) -> dict[UUID, int]:
    """Return how many open records of the noun each member owns; of all members without `members`."""
    rows: QuerySet[Any]
    if noun == "contact":
        rows = Contact.rows().filter(deleted_at=None, lifecycle__in=OPEN_STAGES, owner__isnull=False)
    else:
        rows = Deal.rows().filter(deleted_at=None, outcome="open", owner__isnull=False)
    if members is not None:
        rows = rows.filter(owner__in=members)
    return dict(rows.order_by().values_list("owner").annotate(n=Count("pk")))


@dataclass
class Availability:
    """What keeps the members of a firm from taking records of a noun today; counts on while records are given."""

    noun: str
    on: date = field(default_factory=firm_today)
    names: dict[UUID, str] = field(default_factory=dict)
    loads: dict[UUID, int] = field(default_factory=dict)
    _away: dict[UUID, str] = field(default_factory=dict)
    _limits: dict[UUID, int] = field(default_factory=dict)
    _known: set[UUID] = field(default_factory=set)
    _given: Counter[UUID] = field(default_factory=Counter)

    def learn(self, members: Iterable[UUID]) -> None:
        """Read what is not known yet of these members."""
        new = set(members) - self._known
        if not new:
            return
        self._known |= new
        absent = Absence.rows().filter(member__in=new, first_day__lte=self.on, last_day__gte=self.on)
        for absence in absent.order_by("last_day"):
            self._away[absence.member_id] = f"is away until {day(absence.last_day)}"
        for member in Membership.rows().select_related("user").filter(pk__in=new):
            self.names[member.pk] = member.user.name
            if member.deactivated_at is not None:
                self._away[member.pk] = "has left"
            elif member.last_day is not None and member.last_day <= self.on:
                self._away[member.pk] = f"leaves on {day(member.last_day)}"
        limits = Capacity.rows().filter(member__in=new).values_list("member_id", f"{self.noun}s")
        self._limits.update({pk: limit for pk, limit in limits if limit is not None})
        self.count(new & self._limits.keys())

    def count(self, members: Iterable[UUID]) -> None:
        """Count what these members own: only of whom it decides something, because it reads all that they own."""
        new = set(members) - self.loads.keys()
        if new:
            owned = loads(self.noun, new)
            self.loads.update({pk: owned.get(pk, 0) + self._given[pk] for pk in new})

    def obstacle(self, member: UUID) -> str:
        """Return what keeps a member from taking one more, "" when nothing does."""
        self.learn([member])
        if member in self._away:
            return self._away[member]
        limit = self._limits.get(member)
        if limit is not None and self.loads[member] >= limit:
            return f"has {self.loads[member]} open {self.noun}s, the limit is {limit}"
        return ""

    def give(self, member: UUID) -> None:
        """Count one more."""
        self._given[member] += 1
        if member in self.loads:
            self.loads[member] += 1
