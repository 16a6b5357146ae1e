"""Places in the line of events, and the calls that look across firms."""

from typing import NamedTuple, Self
from uuid import UUID

from django.db import connection

from fairlead.events.consumers import Consumer
from fairlead.events.models import ConsumerState, Event
from fairlead.kernel import clock

WINDOW = 50_000
LAST_ID = UUID(int=(1 << 128) - 1)


class Position(NamedTuple):
    """A place in the line; as a cursor: everything up to and with it is done."""

    generation: int
    tx: int
    event_id: UUID = LAST_ID

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return the place of an event."""
        return cls(event.generation, event.tx, event.id)


def dispatch(window: int = WINDOW) -> int:
    """Move the heads over up to `window` new events; return how many firms have news, -1 when another is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT log_dispatch(%s)", [window])
        return int(cursor.fetchone()[0])


def behind(consumer: Consumer, limit: int = 100) -> list[UUID]:
    """Return firms with unread events that are due, the one served longest ago first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT log_behind(%s, %s, %s)", [consumer.name, clock.now(), limit])
        return [row[0] for row in cursor.fetchall()]


def introduce(consumer: Consumer) -> None:
    """Make the row of a consumer that is new here, with its starting point."""
    if ConsumerState.objects.filter(pk=consumer.name).exists():
        return
    start = Position(0, 0)
    if consumer.start == "now":
        with connection.cursor() as cursor:
            cursor.execute("SELECT log_generation(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1")
            start = Position(*cursor.fetchone())
    ConsumerState.objects.bulk_create(
        [ConsumerState(name=consumer.name, start_generation=start.generation, start_tx=start.tx)],
        ignore_conflicts=True,
    )
