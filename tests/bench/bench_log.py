"""The log: events written in bulk by actions, and read by a consumer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from tests.bench.figures import Figure, Watch, benchmark, watch
from tests.bench.stage import Stage

BATCH = 1_000
FULL = 100_000


@benchmark("log")
def log(stage: Stage) -> Iterator[Figure]:
    """Measure writing, each figure beside plain SQL by the driver on the same rows."""
    count = stage.scaled(FULL, 2_000)
    with _tidy(stage):
        ours = _record_many(stage, count)
        selected = _record_select(stage, count)
        plain = _plain_inserts(stage, count)
    baseline = plain.per_second(count)
    yield Figure("log: written in bulk by actions", ours.per_second(count), "events/s", baseline, at_least=10_000)
    yield Figure("log: written from a query", selected.per_second(count), "events/s", baseline, at_least=20_000)


def _record_many(stage: Stage, count: int) -> Watch:
    from fairlead.events.public import NewEvent, record_many
    from fairlead.tenancy.public import firm_context

    actor, firm = stage.actor, stage.firm
    with watch() as measured:
        for _ in range(count // BATCH):
            with firm_context(firm.id):
                contacts = [uuid4() for _ in range(BATCH)]
                record_many(
                    [
                        NewEvent("contact.updated", ("contact", c), contact_id=c, data=_data(n))
                        for n, c in enumerate(contacts)
                    ],
                    by=actor,
                )
    return measured


def _record_select(stage: Stage, count: int) -> Watch:
    from fairlead.events.public import record_select
    from fairlead.tenancy.public import firm_context

    source = """SELECT c, c, NULL::uuid, jsonb_build_object('fields', 'city', 'changes',
        jsonb_build_object('city', jsonb_build_array('Old ' || n, 'New ' || n)))
        FROM (SELECT gen_random_uuid() AS c, n FROM generate_series(1, %(count)s) n) made"""
    actor, firm = stage.actor, stage.firm
    with watch() as measured, firm_context(firm.id):
        record_select("contact.updated", source, {"count": count}, by=actor, noun="contact")
    return measured


_PLAIN = """
INSERT INTO events_event (id, firm_id, type, occurred_at, recorded_at, actor_kind, actor_id, actor_label, via,
    subject_noun, subject_id, contact_id, data, verdict, generation, tx)
VALUES (%s, %s, 'contact.updated', now(), now(), 'member', %s, 'Olivia Owner', 'system', 'contact', %s, %s, %s, 'human',
    0, 1)
"""


def _plain_inserts(stage: Stage, count: int) -> Watch:
    firm, member = stage.firm.id, stage.actor.membership_id
    with stage.owner() as connection, connection.cursor() as cursor, watch() as measured:
        for _ in range(count // BATCH):
            with connection.transaction():
                cursor.executemany(_PLAIN, [_row(firm, member, n) for n in range(BATCH)])
    return measured


def _row(firm: UUID, member: UUID | None, number: int) -> tuple[Any, ...]:
    contact = uuid4()
    return (uuid4(), firm, member, contact, contact, json.dumps(_data(number)))


def _data(number: int) -> dict[str, Any]:
    return {"fields": "city", "changes": {"city": [f"Old {number}", f"New {number}"]}}


@contextmanager
def _tidy(stage: Stage) -> Iterator[None]:
    """Take out of the log what the block writes."""
    with stage.owner() as connection:
        [start] = connection.execute("SELECT clock_timestamp()").fetchone() or [None]
        yield
        connection.execute("DELETE FROM events_event WHERE firm_id = %s AND recorded_at >= %s", [stage.firm.id, start])
