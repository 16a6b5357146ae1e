"""How a list does: who came and went, who is alive, whom nothing reaches; and how one person came to stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from fairlead.events.public import Event
from fairlead.kernel import clock, dates
from fairlead.people import access
from fairlead.people.models import ContactList, ListSubscription, Suppression
from fairlead.tenancy.public import Actor, require_firm

STANDINGS = {
    "list.subscribed": "Subscribed",
    "list.confirmation_asked": "Asked to confirm",
    "list.confirmed": "Confirmed",
    "list.unsubscribed": "Unsubscribed",
}
CAME, LEFT = ("list.subscribed", "list.confirmed"), ("list.unsubscribed",)
MONTHS, DAYS = 12, 30


@dataclass(frozen=True, slots=True)
class Change:
    """One change of how somebody stands on a list."""

    standing: str
    occurred_at: datetime
    source: str
    by: str


@dataclass(frozen=True, slots=True)
class Month:
    """Who came to a list and who left it in a month, which begins where the viewer is."""

    first: date
    came: int
    left: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a list; shares are from 0 to 1, None where there is nobody to share among."""

    subscribed: int
    pending: int
    unsubscribed: int
    came: int
    left: int
    active: int
    bounced: int
    complained: int
    months: tuple[Month, ...]

    @property
    def churn(self) -> float | None:
        """Return the share of those of 30 days ago who have left since."""
        before = self.subscribed - self.came + self.left
        return self.left / before if before > 0 else None

    @property
    def engagement(self) -> float | None:
        """Return the share of subscribers with whom something happened in 30 days."""
        return self.active / self.subscribed if self.subscribed else None

    @property
    def bounce_rate(self) -> float | None:
        """Return the share of subscribers whose address bounced."""
        return self.bounced / self.subscribed if self.subscribed else None

    @property
    def complaint_rate(self) -> float | None:
        """Return the share of subscribers who called a mail spam."""
        return self.complained / self.subscribed if self.subscribed else None


def figures(actor: Actor, list_id: UUID) -> Figures:
    """Return how a list does, as far as the actor may see its people."""
    found = access.contact_list(actor, list_id)
    people = access.contacts(actor)
    counts: dict[str, int] = {}
    if not found.is_primary:
        rows = access.subscriptions(actor, list_id).order_by().values_list("status")
        counts = dict(rows.annotate(n=Count("pk")))
        on = ListSubscription.rows().filter(list=found, status=ListSubscription.Status.SUBSCRIBED)
        people = people.filter(pk__in=on.values("contact_id"))
    since = clock.now() - timedelta(days=DAYS)
    blocked = Suppression.rows().filter(channel="email")
    among = people.aggregate(
        all=Count("pk"), active=Count("pk", filter=Q(last_activity_at__gte=since)),
        bounced=Count("pk", filter=Q(email_norm__in=blocked.filter(reason="bounce").values("address_norm"))),
        complained=Count("pk", filter=Q(email_norm__in=blocked.filter(reason="complaint").values("address_norm"))),
    )  # fmt: skip
    months, came, left = _growth(actor, found)
    return Figures(
        among["all"], counts.get("pending", 0), counts.get("unsubscribed", 0), came, left, among["active"],
        among["bounced"], among["complained"], months,
    )  # fmt: skip


def history(actor: Actor, list_id: UUID, contact_id: UUID) -> list[Change]:
    """Return how a contact came to stand as it does on a list, the latest first: read from the log, which is kept."""
    access.contact_list(actor, list_id)
    access.contact(actor, contact_id)
    rows = Event.rows().filter(contact_id=contact_id, type__in=list(STANDINGS)).order_by("-occurred_at", "-id")
    return [
        Change(STANDINGS[e.type], e.occurred_at, str(e.data.get("source", "")), e.actor_label)
        for e in rows
        if e.data.get("list_id") == str(list_id)
    ]


_GROWTH = """
SELECT date_trunc('month', occurred_at AT TIME ZONE %(zone)s)::date, count(*) FILTER (WHERE type = ANY(%(came)s)),
    count(*) FILTER (WHERE type = ANY(%(left)s)),
    count(*) FILTER (WHERE type = ANY(%(came)s) AND occurred_at >= %(recent)s),
    count(*) FILTER (WHERE type = ANY(%(left)s) AND occurred_at >= %(recent)s)
FROM events_event WHERE firm_id = %(firm)s AND type = ANY(%(types)s) AND occurred_at >= %(since)s
    AND (%(list)s::text IS NULL OR data ->> 'list_id' = %(list)s)
    AND (%(owners)s::uuid[] IS NULL OR contact_id IN (
        SELECT id FROM people_contact WHERE firm_id = %(firm)s AND owner_id = ANY(%(owners)s::uuid[])))
GROUP BY 1 ORDER BY 1
"""


def _growth(actor: Actor, found: ContactList) -> tuple[tuple[Month, ...], int, int]:
    """Return the months, and who came and left in the last 30 days. The list of all contacts grows by new contacts.

    Of those whom the actor may see: who is in the bin, or was merged, is still counted where they were.
    """
    came: Sequence[str] = ("contact.created", "contact.restored") if found.is_primary else CAME
    left: Sequence[str] = ("contact.deleted",) if found.is_primary else LEFT
    now = clock.now()
    months = dates.last_months(MONTHS)
    values: dict[str, Any] = {
        "firm": require_firm(), "came": list(came), "left": list(left), "types": [*came, *left], "since": months[0],
        "recent": now - timedelta(days=DAYS), "list": None if found.is_primary else str(found.pk),
        "zone": timezone.get_current_timezone_name(),
        "owners": None if actor.visible_owners is None else sorted(actor.visible_owners),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_GROWTH, values)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    counted = tuple(Month(m.date(), *rows.get(m.date(), (0, 0, 0, 0))[:2]) for m in months)
    return counted, sum(r[2] for r in rows.values()), sum(r[3] for r in rows.values())
