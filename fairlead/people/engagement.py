"""How much happened between a contact and the firm, by kind and month, as the log tells it.

A room registers what of its events is engagement:

    engagement.register(Measure("calls", "Calls", "phone", frozenset({"call.logged"})))
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncMonth

from fairlead.events.public import Event
from fairlead.kernel import clock, dates
from fairlead.people.models import Contact
from fairlead.records.duplicates.public import merging

MONTHS, RECENT = 12, timedelta(days=30)


@dataclass(frozen=True)
class Measure:
    """A kind of engagement; `types` are the event types that count: each event, or each activity it tells of, once."""

    key: str
    label: str
    icon: str
    types: frozenset[str]


@dataclass(frozen=True)
class Counted:
    """A measure of one contact: in the last 30 days, in the last twelve months, and when last."""

    measure: Measure
    recent: int
    year: int
    last: datetime | None


@dataclass(frozen=True)
class Engagement:
    """A contact's engagement: by measure, and all together by month, the earliest first."""

    counted: Sequence[Counted]
    months: Sequence[tuple[datetime, int]]
    stage_since: datetime | None

    @property
    def year(self) -> int:
        """Return how much happened in the last twelve months."""
        return sum(n for _, n in self.months)

    @property
    def most(self) -> int:
        """Return the count of the busiest month, at least 1."""
        return max(1, *(n for _, n in self.months))


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Register a measure; the same key twice raises ValueError."""
    if measure.key in _measures:
        raise ValueError(f"The measure {measure.key} is registered twice.")
    _measures[measure.key] = measure


def of(contact: Contact) -> Engagement:
    """Return a contact's engagement, in three queries however much happened."""
    months = dates.last_months(MONTHS)
    ids = [contact.pk, *merging.absorbed(contact.pk)]
    types = [t for m in _measures.values() for t in m.types]
    rows = Event.rows().filter(contact_id__in=ids, type__in=types, occurred_at__gte=months[0])
    rows = rows.annotate(thing=Coalesce(KeyTextTransform("activity", "data"), Cast("pk", TextField())))
    once = Count("thing", distinct=True)
    by_month = rows.annotate(month=TruncMonth("occurred_at")).values("type", "month")
    year = list(by_month.annotate(n=once, last=Max("occurred_at")).order_by())
    recent = rows.filter(occurred_at__gte=clock.now() - RECENT).values("type").annotate(n=once).order_by()
    lately = {r["type"]: r["n"] for r in recent}
    counted = []
    for measure in _measures.values():
        mine = [r for r in year if r["type"] in measure.types]
        last = max((r["last"] for r in mine), default=None)
        few = sum(n for t, n in lately.items() if t in measure.types)
        counted.append(Counted(measure, few, sum(r["n"] for r in mine), last))
    together = [(month, sum(r["n"] for r in year if r["month"] == month)) for month in months]
    moved = Event.rows().filter(contact_id__in=ids, type="contact.stage_changed").aggregate(last=Max("occurred_at"))
    return Engagement(counted, together, moved["last"])
