"""Fairlead behind PgBouncer in transaction mode: nothing is lost, and nothing of one firm reaches another."""

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.tests.reading import write
from fairlead.jobs import registry
from fairlead.jobs.public import enqueue
from tests.crash.pooler import PGBOUNCER, pgbouncer
from tests.crash.workers import count, marks, url, working
from tests.running import Running, until

pytestmark = [
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.skipif(PGBOUNCER is None, reason="PgBouncer is not installed"),
]
CALLERS, TURNS = 4, 10


@pytest.fixture
def pooled(tmp_path: Path) -> Iterator[Running]:
    """The whole program with no way to the database but through the pooler; only migrations go past it."""
    with pgbouncer(tmp_path) as port:
        env = {
            "DATABASE_URL": url("default", port=port), "DATABASE_OWNER_URL": url("owner"), "FAIRLEAD_LISTEN": "0",
            "FAIRLEAD_SECRET_KEY": settings.SECRET_KEY, "FAIRLEAD_FIELD_KEY": settings.FIELD_KEY,
            **{f"FAIRLEAD_API_LIMIT_{who}": "0" for who in ("KEY", "USER", "FIRM", "ADDRESS")},
        }  # fmt: skip
        running = Running(tmp_path / "data", "--empty", env=env)
        try:
            running.wait_until_healthy()
            yield running
        finally:
            running.stop()


def test_two_firms_that_share_sessions_see_their_own_and_lose_nothing(
    alice: Person, charlie: Person, pooled: Running
) -> None:
    people = [(alice, Api(alice)), (charlie, Api(charlie))] * CALLERS
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(lambda at: work(pooled.port, *people[at], at), range(len(people))))
    for person, api in people[:2]:
        name = person.firm.slug
        status, listed = call(pooled.port, api, "GET", "/api/v1/contacts?limit=200")
        assert status == 200 and len(listed["data"]) == CALLERS * TURNS
        assert {c["last_name"] for c in listed["data"]} == {name}
        found = f"/api/v1/search?q={name}"
        until(lambda api=api, found=found: call(pooled.port, api, "GET", found)[1]["data"], "the worker's index")
        assert person.client().get(person.url("contacts/")).status_code == 200


def work(port: int, person: Person, api: Api, at: int) -> None:
    """Make contacts and look at them and at the list in turn; nothing of another firm is ever there."""
    for turn in range(TURNS):
        body = {"first_name": f"N{at}-{turn}", "last_name": person.firm.slug}
        status, made = call(port, api, "POST", "/api/v1/contacts", body)
        assert status == 201, made
        status, seen = call(port, api, "GET", f"/api/v1/contacts/{made['id']}")
        assert (status, seen["first_name"]) == (200, body["first_name"])
        status, listed = call(port, api, "GET", "/api/v1/contacts")
        assert status == 200 and {c["last_name"] for c in listed["data"]} == {person.firm.slug}


def call(port: int, api: Api, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    """Call the API over HTTP; return the status and what it answers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        headers = {"Authorization": f"Bearer {api.token}", "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def test_a_worker_behind_pgbouncer_in_transaction_mode(alice: Person, charlie: Person, tmp_path: Path) -> None:
    with marks(), pgbouncer(tmp_path) as port, working(tmp_path / "worker.log", port=port, listen=False) as worker:
        write(alice, *range(50))
        for person in (alice, charlie):
            for number in range(20):
                enqueue(registry.get("tests.mark"), firm_id=person.firm.id, kind="mark", number=number)
        until(lambda: count("mark") == 40, f"the jobs done ({worker.log})")
        until(lambda: count("event") == 50, f"the events read ({worker.log})")
        assert worker.terminate() == 0
