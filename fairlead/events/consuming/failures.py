"""When a consumer fails: find the one bad event, try it again a few times, set it aside and go on."""

import traceback
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog

from fairlead.events.consumers import Consumer
from fairlead.events.consuming.cursors import claim
from fairlead.events.consuming.line import Position
from fairlead.events.models import Cursor, Event, SetAside
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.events")
SHRINK = 8
MOST_ATTEMPTS = 5
BACKOFF = (1, 5, 30, 120)  # seconds after the first, second … failed attempt


def note(consumer: Consumer, firm_id: UUID, events: Sequence[Event], error: Exception) -> None:
    """Remember that handling `events` failed, after their transaction was rolled back.

    Several events: the next batch is smaller. One event: it is tried again later, and after `MOST_ATTEMPTS`
    set aside.
    """
    log.warning("consumer failed", consumer=consumer.name, firm_id=str(firm_id), events=len(events), exc_info=error)
    with firm_context(firm_id):
        # The row may be missing: the transaction that made it was rolled back too.
        cursor = Cursor.rows().select_for_update().filter(consumer=consumer.name).first() or _first(consumer)
        if events and (cursor.generation, cursor.tx, cursor.event_id) >= Position.of(events[0]):
            return  # another worker has handled them in the meantime
        if len(events) > 1:
            cursor.width = max(1, len(events) // SHRINK)
            cursor.error = describe(error)
        else:
            _one_failed(cursor, events[0] if events else None, describe(error))
        cursor.served_at = clock.now()
        cursor.save()


def describe(error: Exception) -> str:
    """Return the error with the place it came from, for people who look after the installation."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"[:2000]


def _first(consumer: Consumer) -> Cursor:
    made = claim(consumer)
    if made is None:
        raise RuntimeError("The cursor was made and taken in the meantime.")
    return made


def _one_failed(cursor: Cursor, event: Event | None, error: str) -> None:
    cursor.width, cursor.error = 1, error
    cursor.attempts += 1
    if event is None or cursor.attempts < MOST_ATTEMPTS:
        pause = BACKOFF[min(cursor.attempts, len(BACKOFF)) - 1]
        cursor.retry_at = clock.now() + timedelta(seconds=pause)
        return
    SetAside.objects.update_or_create(
        consumer=cursor.consumer,
        event_id=event.id,
        defaults={
            "event_type": event.type,
            "recorded_at": event.recorded_at,
            "error": error,
            "attempts": cursor.attempts,
            "resolution": "",
            "resolved_at": None,
        },
    )
    cursor.generation, cursor.tx, cursor.event_id = Position.of(event)
    cursor.attempts, cursor.retry_at, cursor.error = 0, None, ""
