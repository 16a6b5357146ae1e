"""Reading the log for people: histories, what was set aside, how far consumers are behind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.query import ModelIterable

from fairlead.events.models import Cursor, Event, SetAside
from fairlead.kernel import clock
from fairlead.tenancy.public import Actor

Place = tuple[datetime, UUID]
Rows = QuerySet[Event, Event]
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some events of a history, newest first; `next` is the place to go on from, None at the end."""

    events: list[Event]
    next: Place | None


def newest(rows: Rows, *, limit: int, before: Place | None = None) -> Stretch:
    """Return the newest of some events, or those from a place on: the `next` of the stretch before.

    They are read through a cursor, which PostgreSQL plans for its first rows: along an index, where it would else read
    and sort all that ever happened to a record of which its statistics know little.
    """
    if before is not None:
        moment, last = before
        rows = rows.filter(Q(occurred_at__lt=moment) | Q(id__lt=last), occurred_at__lte=moment)
    ordered = rows.order_by("-occurred_at", "-id")
    # Not `iterator`: the settings switch off its cursors, which PgBouncer would lose between transactions.
    reader: Iterable[Event] = ModelIterable(ordered, chunked_fetch=True, chunk_size=limit + 1)
    found = list(islice(reader, limit + 1))
    shown = found[:limit]
    return Stretch(shown, (shown[-1].occurred_at, shown[-1].id) if len(found) > limit else None)


def set_asides(*, before: UUID | None = None, limit: int = 50, settled: bool = False) -> list[SetAside]:
    """Return the firm's events that consumers could not handle, newest first; `settled` adds the settled ones.

    `before` is the id of the last one of the page before.
    """
    found = _set_asides(settled)
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[:limit])


def set_aside_rows(actor: Actor, *, settled: bool) -> QuerySet[SetAside]:
    """Return the firm's events that consumers could not handle, unordered; `settled` adds the settled ones."""
    actor.require("log.manage")
    return _set_asides(settled)


def _set_asides(settled: bool) -> QuerySet[SetAside]:
    return SetAside.rows() if settled else SetAside.rows().filter(resolved_at=None)


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
