"""Replaying the log."""

from datetime import datetime

from django.db import connection, transaction

from fairlead.events import consumers
from fairlead.events.consuming.line import LAST_ID, introduce
from fairlead.events.models import ConsumerState, Cursor, Head
from fairlead.events.recording import record
from fairlead.kernel.errors import NotFound
from fairlead.tenancy.public import Actor

# The earliest place in line among the events since then: a long transaction's events may lie before older ones.
_FIRST = """
SELECT generation, tx FROM events_event WHERE firm_id = %s AND recorded_at >= %s ORDER BY generation, tx LIMIT 1
"""


def rewind(consumer: str, since: datetime, *, by: Actor) -> None:
    """Have `consumer` read the firm's events again that were recorded at `since` or later.

    For consumers that derive state. Raises `NotFound` for an unknown consumer.
    """
    by.require("log.manage")
    if consumer not in {c.name for c in consumers.registered()}:
        raise NotFound
    with transaction.atomic():
        introduce(consumers.get(consumer))
        # Locked first: `log_behind` must not take this firm for consumed in the meantime.
        state = ConsumerState.objects.select_for_update().get(pk=consumer)
        with connection.cursor() as cursor:
            cursor.execute(_FIRST, [by.firm_id, since])
            place = cursor.fetchone()
        if place is not None:
            position = {"generation": place[0], "tx": place[1] - 1, "event_id": LAST_ID}
            fresh = {"width": None, "attempts": 0, "retry_at": None, "error": ""}
            Cursor.objects.update_or_create(consumer=consumer, defaults={**position, **fresh})
            head = Head.rows().first()
            ConsumerState.objects.filter(pk=consumer).update(seq=min(state.seq, head.seq - 1 if head else state.seq))
        record("log.rewound", by=by, subject=("consumer", None), data={"consumer": consumer, "since": since})
