"""A transaction that writes early and commits late: nobody reads past it, and nobody misses it."""

import json

import psycopg
import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.events.consuming import line
from fairlead.events.tests.reading import Seen, feed, reader, write

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("only_ours"),
]
_INSERT = """
INSERT INTO events_event (id, firm_id, type, occurred_at, recorded_at, actor_kind, actor_label, via, subject_noun,
    data, verdict)
VALUES (gen_random_uuid(), %s, 'tests.happened', now(), now(), 'system', 'Late', 'system', 'thing', %s, 'human')
"""


def other_session() -> "psycopg.Connection[tuple[object, ...]]":
    settings = connection.settings_dict
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
    )


def insert(session: "psycopg.Connection[tuple[object, ...]]", person: Person, number: int) -> None:
    session.execute("SELECT set_config('app.firm_id', %s, true)", [str(person.firm.id)])
    session.execute(_INSERT, [person.firm.id, json.dumps({"n": number})])


def test_events_of_a_transaction_that_commits_late_are_not_skipped(alice: Person, charlie: Person, seen: Seen) -> None:
    reader(seen)
    write(alice, 1)
    feed()
    with other_session() as late:
        insert(late, alice, 2)
        write(alice, 3, 4)
        write(charlie, 5)
        feed(wait=False)
        assert [n for _, n in seen] == [1], "what came after the open transaction is held back"
        insert(late, charlie, 6)
        late.commit()
    feed()
    assert [n for firm, n in seen if firm == alice.firm.id] == [1, 2, 3, 4]
    assert [n for firm, n in seen if firm == charlie.firm.id] == [6, 5]


def test_a_transaction_that_is_rolled_back_holds_nobody_for_ever(alice: Person, seen: Seen) -> None:
    reader(seen)
    with other_session() as late:
        insert(late, alice, 1)
        write(alice, 2)
        feed(wait=False)
        assert seen == []
        late.rollback()
    feed()
    assert [n for _, n in seen] == [2]


def test_two_workers_never_dispatch_or_hold_a_firm_together(alice: Person, seen: Seen) -> None:
    consumer = reader(seen)
    write(alice, 1)
    with other_session() as rival:
        rival.execute("SELECT 1 FROM log_dispatched FOR UPDATE")
        assert line.dispatch() == -1
        rival.rollback()
    feed()
    write(alice, 2)
    from fairlead.events.consuming.batch import Outcome, consume
    from fairlead.events.tests.waiting import wait_for_horizon

    wait_for_horizon()
    line.dispatch()
    with other_session() as rival:
        rival.execute("SELECT set_config('app.firm_id', %s, true)", [str(alice.firm.id)])
        rival.execute("SELECT 1 FROM events_cursor FOR UPDATE")
        assert consume(consumer, alice.firm.id) is Outcome.BUSY
        rival.rollback()
    assert consume(consumer, alice.firm.id) is Outcome.DONE
    assert [n for _, n in seen] == [1, 2]
