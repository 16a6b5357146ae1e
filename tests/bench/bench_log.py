"""The log: events written in bulk by actions, and read by a consumer."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.bench.figures import Figure, Watch, benchmark, watch
from tests.bench.stage import Stage

BATCH = 1_000
FULL = 100_000
NAME = "bench.consumer"


@benchmark("log")
def log(stage: Stage) -> Iterator[Figure]:
    """Measure writing and reading, each beside plain SQL by the driver on the same rows."""
    count = stage.scaled(FULL, 2_000)
    with _tidy(stage):
        ours = _record_many(stage, count)
        selected = _record_select(stage, count)
        plain = _plain_inserts(stage, count)
    baseline = plain.per_second(count)
    yield Figure("log: written in bulk by actions", ours.per_second(count), "events/s", baseline, at_least=10_000)
    yield Figure("log: written from a query", selected.per_second(count), "events/s", baseline, at_least=20_000)
    with _tidy(stage), _unread(stage, count) as (consumer, handled):
        consumed, selected = _consume(consumer, handled, count), _plain_select(stage, count)
    yield Figure(
        "log: consumed by one consumer",
        consumed.per_second(count),
        "events/s",
        selected.per_second(count),
        at_least=20_000,
    )


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


@contextmanager
def _unread(stage: Stage, count: int) -> Iterator[tuple[Any, list[int]]]:
    """Yield a new consumer that has `count` events before it, and the list to which it adds what it handled."""
    from fairlead.events import consumers
    from fairlead.events.consuming import line

    handled: list[int] = []

    def handle(events: Sequence[Any]) -> None:
        handled.append(sum(1 for e in events if e.data["fields"] == "city"))

    with stage.owner() as connection:
        # The filled log counts as dispatched; what is measured is a consumer that keeps up.
        connection.execute("UPDATE log_dispatched SET generation = 0, tx = (SELECT max(tx) FROM events_event)")
        consumers.consumer(NAME, batch=BATCH, start="now")(handle)
        consumer = consumers.get(NAME)
        line.introduce(consumer)
        _record_select(stage, count)
        wait_for_horizon(connection)
        try:
            yield consumer, handled
        finally:
            del consumers._consumers[NAME]
            for table, column in (("events_cursor", "consumer"), ("events_consumer", "name")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = %s", [NAME])


def wait_for_horizon(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    """Another database's open transaction on the same server holds the horizon; it is not what we measure."""
    [written] = connection.execute("SELECT max(tx) FROM events_event WHERE generation > 0").fetchone() or [0]
    passed = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s"
    while (connection.execute(passed, [written]).fetchone() or [True])[0] is False:
        time.sleep(0.1)


def _consume(consumer: Any, handled: list[int], count: int) -> Watch:
    from fairlead.events.consuming import line
    from fairlead.events.consuming.batch import consume

    with watch() as measured:
        while line.dispatch() > 0:
            pass
        while firms := line.behind(consumer):
            for firm_id in firms:
                consume(consumer, firm_id)
    assert sum(handled) == count, (sum(handled), count)
    return measured


def _plain_select(stage: Stage, count: int) -> Watch:
    """Read the same events in the same batches, with a cursor kept in a table, and parse their data."""
    read, firm = 0, stage.firm.id
    with stage.owner() as connection:
        # All of them were written by one transaction, the last of the firm's log.
        [*last] = connection.execute(
            "SELECT generation, tx FROM events_event WHERE firm_id = %s ORDER BY generation DESC, tx DESC LIMIT 1",
            [firm],
        ).fetchone() or (0, 0)
    place = (*last, UUID(int=0))
    with psycopg.connect(stage.app_url) as connection:
        connection.execute("CREATE TEMPORARY TABLE place (generation smallint, tx bigint, id uuid)")
        connection.execute("INSERT INTO place VALUES (1, 0, %s)", [place[2]])
        connection.commit()
        with watch() as measured:
            while True:
                connection.execute("SELECT set_config('app.firm_id', %s, true)", [str(firm)])
                rows = connection.execute(_BATCH, [firm, *place, BATCH]).fetchall()
                if not rows:
                    break
                read += sum(1 for row in rows if row[3]["fields"] == "city")  # type: ignore[index]
                place = rows[-1][:3]  # type: ignore[assignment]
                connection.execute("UPDATE place SET generation = %s, tx = %s, id = %s", list(place))
                connection.commit()
    assert read == count
    return measured


_BATCH = """
SELECT generation, tx, id, data, firm_id, type, occurred_at, recorded_at, actor_kind, actor_id, key_id, actor_label,
    via, ip, subject_noun, subject_id, contact_id, company_id, cause, verdict
FROM events_event WHERE firm_id = %s AND (generation, tx, id) > (%s, %s, %s)
ORDER BY generation, tx, id LIMIT %s
"""


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
