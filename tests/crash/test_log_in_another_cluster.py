"""A dump restored into a fresh cluster, where transaction ids start over: the consumers go on where they were."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connections

from conftest import SERVER
from fairlead.accounts.tests.cast import Person
from fairlead.events import consumers
from fairlead.events.consuming import line
from fairlead.events.consuming.batch import consume
from fairlead.events.models import Event
from fairlead.events.tests.reading import Seen, feed, reader, write
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.operations.postgres import Postgres
from fairlead.operations.provisioning import provision
from fairlead.tenancy.public import firm_context

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
BURN = "DO $$ BEGIN FOR i IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"


@pytest.fixture
def fresh_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    run = tmp_path_factory.mktemp("second-cluster")
    server = Postgres(run / "postgres", run, "a-password", durable=False)
    server.enter(lambda url: None)
    yield server
    server.leave(patience=1.0)
    server.destroy()


@contextmanager
def pointing_at(url: str, name: str) -> Iterator[None]:
    """Let Django use another server's database for a while."""
    parts, before = urlsplit(url), {}
    for alias in ("default", "owner"):
        values = {"NAME": name, "HOST": parts.hostname, "PORT": str(parts.port), "PASSWORD": parts.password or ""}
        connection = connections[alias]
        connection.close()
        before[alias] = dict(connection.settings_dict)
        connection.settings_dict.update(values)
    try:
        yield
    finally:
        for alias, values in before.items():
            connections[alias].close()
            connections[alias].settings_dict.update(values)


def move(program: Any, source: str, target: str, file: Path) -> None:
    """Dump one database and restore it into an empty one, with PostgreSQL's own programs."""
    subprocess.run([program("pg_dump"), "-Fc", "-f", file, source], check=True)
    subprocess.run([program("pg_restore"), "--exit-on-error", "--clean", "--if-exists", "-d", target, file], check=True)


def database(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def latest(person: Person) -> tuple[int, int]:
    with firm_context(person.firm.id):
        event = Event.rows().order_by("-generation", "-tx", "-id")[0]
        return event.generation, event.tx


def test_consumers_go_on_exactly_where_they_were(
    alice: Person,
    charlie: Person,
    fresh_cluster: Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
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

    first, name = SERVER, connections["default"].settings_dict["NAME"]
    second = fresh_cluster.superuser_url(fresh_cluster.port() or 0)
    provision(second, owner_password="a-password", app_password="a-password", database=name)
    connections["default"].close()
    connections["owner"].close()
    before = latest(alice)
    move(fresh_cluster.program, database(first, name), database(second, name), tmp_path / "dump")

    with pointing_at(second, name):
        write(alice, 6)
        write(charlie, 102)
        after = latest(alice)
        assert after[0] == before[0] + 1, "another cluster, another generation"
        assert after[1] < before[1], "transaction ids did start over"
        feed()
        assert [n for firm, n in seen if firm == alice.firm.id] == [1, 2, 3, 4, 5, 6]
        assert [n for firm, n in seen if firm == charlie.firm.id] == [101, 102]

    # And back into the cluster it came from, whose transaction ids are far ahead of the second one's.
    back = f"{name}_back"
    with psycopg.connect(first, dbname="postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{back}" OWNER fairlead_owner')
    try:
        move(fresh_cluster.program, database(second, name), database(first, back), tmp_path / "dump-back")
        with pointing_at(first, back):
            write(alice, 7)
            assert latest(alice)[0] == after[0] + 1
            feed()
            assert [n for firm, n in seen if firm == alice.firm.id] == [1, 2, 3, 4, 5, 6, 7]
    finally:
        with psycopg.connect(first, dbname="postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{back}" WITH (FORCE)')
