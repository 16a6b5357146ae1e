"""One batch of one consumer in one firm."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from uuid import UUID

from django.db import connection
from opentelemetry.trace import SpanKind

from fairlead.events.consumers import Consumer
from fairlead.events.consuming import failures, rows
from fairlead.events.consuming.cursors import claim
from fairlead.events.consuming.line import Position
from fairlead.events.models import Cursor, Event, Head
from fairlead.kernel import clock
from fairlead.kernel.tracing import span
from fairlead.tenancy.public import firm_context

_NEXT = f"""
SELECT {rows.COLUMNS} FROM events_event
WHERE firm_id = %(firm)s AND (generation, tx, id) > (%(generation)s, %(tx)s, %(event)s)
    AND (generation, tx) <= (%(head_generation)s, %(head_tx)s) /*types*/
ORDER BY generation, tx, id LIMIT %(limit)s
"""  # noqa: S608  constants


class Outcome(Enum):
    """How a turn ended."""

    DONE = "done"  # the firm is consumed up to its head
    MORE = "more"  # the batch was full
    BUSY = "busy"  # another worker has the firm
    FAILED = "failed"


def consume(consumer: Consumer, firm_id: UUID) -> Outcome:
    """Hand the firm's next events to `consumer` and move its cursor, in one transaction."""
    events: Sequence[Event] = []
    try:
        with firm_context(firm_id):
            cursor = claim(consumer)
            if cursor is None:
                return Outcome.BUSY
            head = Head.rows().get()
            width = min(cursor.width or consumer.batch, consumer.batch)
            events = _read(consumer, cursor, head, width)
            if events:
                told: dict[str, str | int] = {"fairlead.firm_id": str(firm_id), "fairlead.events": len(events)}
                with span(f"consume {consumer.name}", told, kind=SpanKind.CONSUMER):
                    consumer.handler(events)
            full = len(events) == width
            place = Position.of(events[-1]) if full else Position(head.generation, head.tx)
            _move(cursor, place, width=_wider(width, consumer))
    except Exception as error:
        if connection.connection is None:
            raise  # the database went away: nobody's fault but its own
        failures.note(consumer, firm_id, events, error)
        return Outcome.FAILED
    return Outcome.MORE if full else Outcome.DONE


def _read(consumer: Consumer, cursor: Cursor, head: Head, limit: int) -> list[Event]:
    parameters = {
        "firm": cursor.firm_id, "generation": cursor.generation, "tx": cursor.tx, "event": cursor.event_id,
        "head_generation": head.generation, "head_tx": head.tx, "limit": limit,
        "types": list(consumer.types or ()),
    }  # fmt: skip
    only = "AND type = ANY (%(types)s)" if consumer.types is not None else ""
    with _in_order():
        return rows.events(_NEXT.replace("/*types*/", only), parameters)


@contextmanager
def _in_order() -> Iterator[None]:
    """Keep PostgreSQL to the index that has the order of the log.

    Its statistics know nothing of the newest transactions, and for the few rows that it expects it would read and sort
    all that is left of the line for each batch. After an error the transaction ends, and the setting with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL enable_sort = on")


def _move(cursor: Cursor, place: Position, *, width: int | None) -> None:
    Cursor.rows().filter(pk=cursor.pk).update(
        generation=place.generation,
        tx=place.tx,
        event_id=place.event_id,
        width=width,
        attempts=0,
        retry_at=None,
        error="",
        served_at=clock.now(),
    )


def _wider(width: int, consumer: Consumer) -> int | None:
    """After a failed batch the next ones grow again."""
    return None if width * failures.SHRINK >= consumer.batch else width * failures.SHRINK
