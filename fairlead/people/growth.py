"""How contacts came: what generated leads, and who referred them, with how many became clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q
from django.db.models.functions import TruncMonth

from fairlead.kernel import clock, dates
from fairlead.people import access
from fairlead.people.models import Contact, Lifecycle, Referral
from fairlead.tenancy.public import Actor

ORIGINS = ("source", "medium", "campaign", "source_form", "source_event", "referrer")
PERIODS = {"30": "30 days", "90": "90 days", "365": "12 months", "": "All time"}
CLIENT_STAGES = (Lifecycle.CLIENT, Lifecycle.EVANGELIST, Lifecycle.FORMER_CLIENT)
CLIENTS = Q(lifecycle__in=CLIENT_STAGES) | Q(converted_at__isnull=False)
LINES, MONTHS = 100, 12


@dataclass(frozen=True)
class Line:
    """What one origin brought: `value` is "" for those of whom nothing is known."""

    value: str
    leads: int
    clients: int

    @property
    def rate(self) -> int:
        """Return the percentage that became clients."""
        return round(100 * self.clients / self.leads) if self.leads else 0


@dataclass(frozen=True)
class Advocate:
    """A contact who referred others."""

    contact: Any
    referred: int
    clients: int
    latest: datetime


def since(days: str) -> datetime | None:
    """Return the beginning of a period of `PERIODS`, None for all time."""
    return clock.now() - timedelta(days=int(days)) if days in PERIODS and days else None


def by_origin(actor: Actor, origin: str, start: datetime | None) -> tuple[list[Line], int]:
    """Return what each value of an origin brought since `start`, the most first, and how many values were left out."""
    rows = _generated(actor, start).values(origin).annotate(leads=Count("pk"), clients=Count("pk", filter=CLIENTS))
    found = [Line(r[origin], r["leads"], r["clients"]) for r in rows.order_by("-leads", origin)]
    return found[:LINES], max(0, len(found) - LINES)


def by_month(actor: Actor) -> list[tuple[datetime, int]]:
    """Return how many contacts came in each of the last twelve months, the earliest first; months without any too."""
    months = dates.last_months(MONTHS)
    rows = _generated(actor, months[0]).annotate(month=TruncMonth("created_at")).values("month")
    counted = {r["month"]: r["n"] for r in rows.annotate(n=Count("pk")).order_by()}
    return [(month, counted.get(month, 0)) for month in months]


def advocates(actor: Actor, limit: int = LINES) -> Sequence[Advocate]:
    """Return who referred most contacts that the actor may see, with how many of them became clients."""
    seen = access.contacts(actor)
    rows = Referral.rows().filter(referred__in=seen.values("pk"), referrer__in=seen.values("pk"))
    clients = Q(referred__lifecycle__in=CLIENT_STAGES) | Q(referred__converted_at__isnull=False)
    won = Count("pk", filter=clients)
    counted = rows.values("referrer_id").annotate(n=Count("pk"), clients=won, latest=Max("created_at"))
    lines = list(counted.order_by("-n", "-clients", "referrer_id")[:limit])
    people = Contact.rows().in_bulk([r["referrer_id"] for r in lines])
    return [Advocate(people[r["referrer_id"]], r["n"], r["clients"], r["latest"]) for r in lines]


def marked(actor: Actor) -> dict[str, int]:
    """Return how many contacts are marked as advocates and as top customers, and how many came by referral."""
    counted: dict[str, int] = access.contacts(actor).aggregate(
        advocates=Count("pk", filter=Q(advocate=True)), top=Count("pk", filter=Q(top_customer=True)),
    )  # fmt: skip
    seen = access.contacts(actor).values("pk")
    return counted | {"referred": Referral.rows().filter(referred__in=seen).count()}


def referrer_of(actor: Actor, contact: Contact) -> Contact | None:
    """Return who referred a contact, None for nobody or somebody whom the actor may not see."""
    referrer = Referral.rows().filter(referred=contact).values("referrer_id")
    found: Contact | None = access.contacts(actor).filter(pk__in=referrer).first()
    return found


def referred_by(actor: Actor, contact: Contact) -> Any:
    """Return whom a contact referred, the latest first."""
    referred = Referral.rows().filter(referrer=contact).values("referred_id")
    return access.contacts(actor).filter(pk__in=referred).order_by(F("created_at").desc(), "-pk")


def _generated(actor: Actor, start: datetime | None) -> Any:
    rows = access.contacts(actor)
    return rows if start is None else rows.filter(created_at__gte=start)
