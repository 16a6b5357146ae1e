"""Reading the log for people: timelines, what was set aside, how far consumers are behind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from fairlead.events import types
from fairlead.events.models import Cursor, Event, SetAside
from fairlead.kernel import clock

Place = tuple[datetime, UUID]
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of events, newest first; `next` is the place to go on from, None at the end."""

    events: list[Event]
    next: Place | None


def timeline(
    *,
    contact_id: UUID | None = None,
    company_id: UUID | None = None,
    subject_id: UUID | None = None,
    kinds: Collection[str] | None = None,
    before: Place | None = None,
    limit: int = 50,
) -> Timeline:
    """Return what happened to a contact, a company or any subject (exactly one is given), newest first.

    `kinds` are the kinds of event types; `before` is the `next` of the page before. Each page is one index scan
    of `limit` rows, however long the history. Access to the record is the caller's to check.
    """
    anchors = {"contact_id": contact_id, "company_id": company_id, "subject_id": subject_id}
    [(column, value)] = [(name, given) for name, given in anchors.items() if given is not None]
    events = Event.rows().filter(**{column: value})
    if kinds is not None:
        events = events.filter(type__in=[t.name for t in types.registered() if t.kind in kinds])
    if before is not None:
        moment, last = before
        events = events.filter(occurred_at__lte=moment).filter(Q(occurred_at__lt=moment) | Q(id__lt=last))
    page = list(events.order_by(F("occurred_at").desc(), F("id").desc())[: limit + 1])
    more = len(page) > limit
    page = page[:limit]
    return Timeline(page, (page[-1].occurred_at, page[-1].id) if more else None)


def set_asides(*, before: UUID | None = None, limit: int = 50, settled: bool = False) -> list[SetAside]:
    """Return the firm's events that consumers could not handle, newest first; `settled` adds the settled ones.

    `before` is the id of the last one of the page before.
    """
    found = SetAside.rows() if settled else SetAside.rows().filter(resolved_at=None)
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[:limit])


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a consumer is behind, over all firms: events (counted up to 10,000 a firm) and seconds."""

    consumer: str
    firms: int
    events: int
    seconds: float


def lag() -> list[Lag]:
    """Return how far each consumer is behind. Needs no firm and tells nothing of one."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT consumer, firms, events, oldest FROM log_lag(%s) ORDER BY consumer", [COUNTED])
        rows = cursor.fetchall()
    return [
        Lag(name, firms, events, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
        for name, firms, events, oldest in rows
    ]


@dataclass(frozen=True, slots=True)
class Partitions:
    """The months that have a partition ("2026_11"), and the rows in none of them (counted up to 1,000)."""

    months: list[str]
    strays: int


def partitions() -> Partitions:
    """Return the partitions of the log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT months, strays FROM log_partitions()")
        months, strays = cursor.fetchone()
    return Partitions(list(months or []), strays)


def unread(consumer: str, *, limit: int = COUNTED) -> list[Event] | None:
    """Return the firm's events that a consumer has not handled yet, in no order; None when more than `limit` wait, or
    when it has not begun.

    Transactions that have not committed are not among them.
    """
    place = Cursor.rows().filter(consumer=consumer).first()
    if place is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM events_event WHERE firm_id = %s AND (generation, tx, id) > (%s, %s, %s) LIMIT %s",
            [place.firm_id, place.generation, place.tx, place.event_id, limit + 1],
        )
        found = [pk for (pk,) in cursor.fetchall()]
    return None if len(found) > limit else list(Event.rows().filter(pk__in=found))
