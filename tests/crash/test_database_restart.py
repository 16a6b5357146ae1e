"""The database ends under people and an import: each is told honestly, and everything goes on by itself."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.prepared import prepared_installation
from tests.running import PASSWORD, Running, fairlead, until

pytestmark = pytest.mark.crash
ROWS, PEOPLE = 20_000, 20
UNLIMITED = {f"FAIRLEAD_API_LIMIT_{name}": "0" for name in ("KEY", "USER", "FIRM")}
HONEST = {200, 201, 503}


class Caller:
    """Somebody with a key."""

    def __init__(self, server: Running, key: str) -> None:
        self.port, self.headers = server.port, {"Authorization": f"Bearer {key}"}

    def call(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = self.headers | ({"Content-Type": kind} if body else {})
        connection.request(method, f"/api/v1/{path}", body or None, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"null")

    def upload(self) -> str:
        rows = "".join(f"Ada {n},ada{n}@kestrel.example\n" for n in range(ROWS))
        part = 'Content-Disposition: form-data; name="{}"'
        body = (
            f'--x\r\n{part.format("noun")}\r\n\r\ncontacts\r\n--x\r\n{part.format("file")}; filename="a.csv"\r\n\r\n'
            f"First name,Email\n{rows}\r\n--x--\r\n"
        )
        status, made = self.call("POST", "imports", body.encode(), "multipart/form-data; boundary=x")
        assert status == 201, made
        assert self.call("POST", f"imports/{made['id']}/start", b"{}")[0] == 202
        return str(made["id"])


class Crowd:
    """People who read and write as fast as they are answered."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.answers: list[tuple[int, Any]] = []
        self.made = 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(PEOPLE)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, number: int) -> None:
        while not self._stop.is_set():
            if number % 2:
                self.answers.append(self.caller.call("GET", "contacts?limit=5"))
            else:
                self.answers.append(self.caller.call("POST", "contacts", b'{"first_name": "Dana"}'))

    def count(self, status: int) -> int:
        return sum(1 for found, _ in list(self.answers) if found == status)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Running, Caller]]:
    with prepared_installation(folder / "data") as data:
        words = "firm create --slug alder --name Alder --owner alice@alder.example --password-stdin"
        assert fairlead(data, *words.split(), stdin=PASSWORD).returncode == 0
        key = fairlead(data, "key", "create", "--firm", "alder", "--user", "alice@alder.example").stdout.strip()
        server = Running(data, "--empty", env=UNLIMITED)
        try:
            server.wait_until_healthy()
            yield server, Caller(server, key)
        finally:
            server.stop()


def test_the_database_ends_under_people_and_an_import(tmp_path: Path) -> None:
    with serving(tmp_path) as (server, caller):
        run = caller.upload()
        with Crowd(caller) as crowd:
            until(lambda: caller.call("GET", f"imports/{run}")[1]["rows_done"], "a chunk of the import")
            server.children()["postgres"].kill()
            until(lambda: crowd.count(503), "somebody who is told")
            before = crowd.count(201)
            until(lambda: crowd.count(201) > before + PEOPLE, "people who work again")
        assert {status for status, _ in crowd.answers} <= HONEST
        assert all("Try again" in body["detail"] for status, body in crowd.answers if status == 503)
        until(lambda: caller.call("GET", f"imports/{run}")[1]["status"] == "done", "the import")
        found = caller.call("GET", f"imports/{run}")[1]
        assert (found["rows_done"], found["created"]) == (ROWS, ROWS), "none lost, none twice"
        assert _count(caller) >= ROWS + crowd.count(201), "and whatever was said to be made is there"


def _count(caller: Caller) -> int:
    status, found = caller.call("GET", "contacts?limit=1&total=true")
    assert status == 200, found
    return int(found["total"])
