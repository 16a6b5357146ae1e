"""A dump restored into a fresh cluster, where transaction ids start over: the consumers go on where they were."""

from pathlib import Path

import psycopg
import pytest
from django.db import connections

from fairlead.accounts.tests.cast import Person
from fairlead.events import consumers
from fairlead.events.consuming import line
from fairlead.events.consuming.batch import consume
from fairlead.events.models import Event
from fairlead.events.tests.reading import Seen, feed, reader, write
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.operations.postgres import Postgres
from fairlead.tenancy.public import firm_context
from tests.crash.clusters import HERE, cluster, database_name, move, pointing_at, url_of

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
BURN = "DO $$ BEGIN FOR i IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"


def latest(person: Person) -> tuple[int, int]:
    with firm_context(person.firm.id):
        event = Event.rows().order_by("-generation", "-tx", "-id")[0]
        return event.generation, event.tx


def test_consumers_go_on_exactly_where_they_were(
    alice: Person, charlie: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "_consumers", {})
    seen: Seen = []
    consumer = reader(seen, batch=2)
    with connections["owner"].cursor() as cursor:
        cursor.execute(BURN)
    write(alice, 1, 2, 3, 4)
    write(charlie, 101)
    wait_for_horizon()
    line.introduce(consumer)
    line.dispatch()
    consume(consumer, alice.firm.id)
    assert [n for _, n in seen] == [1, 2], "stopped in the middle of a transaction's events"
    write(alice, 5)
    before = latest(alice)
    with cluster(tmp_path) as second:
        move(second, HERE, url_of(second), tmp_path / "dump")
        with pointing_at(url_of(second)):
            write(alice, 6)
            write(charlie, 102)
            after = latest(alice)
            assert after[0] == before[0] + 1, "another cluster, another generation"
            assert after[1] < before[1], "transaction ids did start over"
            feed()
            assert [n for firm, n in seen if firm == alice.firm.id] == [1, 2, 3, 4, 5, 6]
            assert [n for firm, n in seen if firm == charlie.firm.id] == [101, 102]
        _go_on_where_they_came_from(second, alice, seen, after[0], tmp_path / "dump-back")


def _go_on_where_they_came_from(second: Postgres, alice: Person, seen: Seen, generation: int, dump: Path) -> None:
    """Move back into the first cluster, whose transaction ids are far ahead of the second one's."""
    back = f"{database_name()}_back"
    with psycopg.connect(HERE, dbname="postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{back}" OWNER fairlead_owner')
    try:
        move(second, url_of(second), HERE, dump, to=back)
        with pointing_at(HERE, back):
            write(alice, 7)
            assert latest(alice)[0] == generation + 1
            feed()
            assert [n for firm, n in seen if firm == alice.firm.id] == [1, 2, 3, 4, 5, 6, 7]
    finally:
        with psycopg.connect(HERE, dbname="postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{back}" WITH (FORCE)')
