"""A consumer for tests, and what feeds it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.events import consumers
from fairlead.events.consuming import line, loop
from fairlead.events.models import Event
from fairlead.events.public import EventType, NewEvent, record_many
from fairlead.events.public import register as register_types
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.tenancy.public import firm_context, require_firm

register_types(EventType("tests.happened", "Happened", "did {what}"), EventType("tests.other", "Other", "did other"))
Seen = list[tuple[UUID, Any]]


def reader(seen: Seen, bad: set[int] | None = None, **options: Any) -> consumers.Consumer:
    """Register a consumer that notes (firm, number) and refuses the numbers in `bad`."""

    def read(events: Sequence[Event]) -> None:
        assert {e.firm_id for e in events} == {require_firm()}
        for event in events:
            if event.data["n"] in (bad or ()):
                raise ValueError(f"cannot read {event.data['n']}")
        seen.extend((e.firm_id, e.data["n"]) for e in events)

    consumers.consumer("tests.reader", **options)(read)
    return consumers.get("tests.reader")


def write(person: Person, *numbers: int, kind: str = "tests.happened") -> None:
    """Write events in a transaction of their own."""
    with firm_context(person.firm.id):
        record_many([NewEvent(kind, ("thing", None), data={"n": n}) for n in numbers], by=person.actor)


def feed(*, wait: bool = True) -> None:
    """Feed every consumer until nothing is left, by default with everything written so far."""
    if wait:
        wait_for_horizon()
    for consumer in consumers.registered():
        line.introduce(consumer)
    for _ in range(100):
        if not loop.feed():
            return
    raise AssertionError("The consumers never come to an end.")


def fetched() -> int:
    """Return how many rows of the log the transaction has read, by the database's own account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables "
                       "WHERE relname LIKE 'events_event%'")  # fmt: skip
        return int(cursor.fetchone()[0])
