"""A backup of a working installation, and the same installation back."""

import contextlib
import http.client
import json
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from tests.prepared import prepared_installation
from tests.running import PASSWORD, Running, fairlead, installation, until

pytestmark = pytest.mark.crash
NOT_COMPARED = {"tenancy_muting"}  # the copy is muted, the original is not


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation with the demo firm, Charlie's firm, and an upload of each."""
    with prepared_installation(tmp_path_factory.mktemp("original") / "data") as path:
        assert fairlead(path, "prepare").returncode == 0
        words = "firm create --slug birch --name Birch --owner charlie@birch.example --password-stdin"
        assert fairlead(path, *words.split(), stdin=PASSWORD).returncode == 0
        for firm in ("alder", "birch"):
            folder = path / "media" / "firms" / firm / "attachments"
            folder.mkdir(parents=True)
            (folder / "contract.pdf").write_bytes(os.urandom(100_000))
        yield path


@contextlib.contextmanager
def owner(data: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[psycopg.Connection[tuple[object, ...]]]":
    """A connection that sees every row."""
    with monkeypatch.context() as patched:
        patched.delenv("DATABASE_URL", raising=False)
        with Instance(DataDir(data)).connected(), psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
            yield connection


def contents(connection: "psycopg.Connection[tuple[object, ...]]") -> dict[str, object]:
    """A digest of each table."""
    names = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ).fetchall()
    digest = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM"
    return {str(n): connection.execute(f'{digest} "{n}" t').fetchone() for (n,) in names if n not in NOT_COMPARED}


def files(data: Path) -> dict[str, bytes]:
    return {f.relative_to(data).as_posix(): f.read_bytes() for f in (data / "media").rglob("*") if f.is_file()}


class Load:
    """Somebody who creates contacts as fast as the API takes them."""

    def __init__(self, server: Running, key: str) -> None:
        self.server, self.key, self.made = server, key, 0
        self.name = secrets.token_hex(4)  # an address belongs to one contact only
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Load":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        while not self._stop.is_set():
            body = json.dumps(
                {"first_name": f"Dana {self.made}", "email": f"dana-{self.name}-{self.made}@dogwood.example"}
            )
            connection.request("POST", "/api/v1/contacts", body, headers)
            response = connection.getresponse()
            answer = response.read().decode()
            if response.status == 429:
                continue
            assert response.status == 201, answer
            self.made += 1
        connection.close()


def test_a_backup_under_load_is_one_moment(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "under-load.tar"
    server = Running(data)
    try:
        server.wait_until_healthy()
        key = fairlead(data, "key", "create", "--firm", "birch", "--user", "charlie@birch.example").stdout.strip()
        with Load(server, key) as load:
            until(lambda: load.made > 5)
            before = load.made
            done = fairlead(data, "backup", str(file))
            after = load.made
        assert done.returncode == 0, done.stderr
        assert after > before, "people went on working meanwhile"
        assert file.stat().st_mode & 0o077 == 0
    finally:
        server.stop()
    with installation(tmp_path / "copy") as copy:
        done = fairlead(copy, "restore", str(file))
        assert done.returncode == 0, done.stderr
        with owner(copy, monkeypatch) as connection:
            (contacts,) = connection.execute(
                "SELECT count(*) FROM people_contact c JOIN tenancy_firm f ON f.id = c.firm_id WHERE f.slug = 'birch'"
            ).fetchone()
            (events,) = connection.execute(
                "SELECT count(*) FROM events_event e JOIN tenancy_firm f ON f.id = e.firm_id "
                "WHERE f.slug = 'birch' AND e.type = 'contact.created'"
            ).fetchone()
        assert before <= contacts <= after + 1
        assert contacts == events
        assert files(copy) == files(data)


def test_every_row_file_and_key_is_back(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "b.tar"
    key = fairlead(data, "key", "create", "--firm", "birch", "--user", "charlie@birch.example").stdout.strip()
    assert fairlead(data, "backup", str(file)).returncode == 0
    with installation(tmp_path / "copy") as copy:
        assert fairlead(copy, "restore", str(file)).returncode == 0
        with owner(data, monkeypatch) as original, owner(copy, monkeypatch) as restored:
            assert contents(restored) == contents(original)
        assert files(copy) == files(data)
        for name in ("secret_key", "field_key"):
            assert (copy / "secrets" / name).read_text().strip() == (data / "secrets" / name).read_text().strip()
        _works_on(copy, key, monkeypatch)


def _works_on(copy: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is muted, its keys open it, and its consumers read what is new, once."""
    with owner(copy, monkeypatch) as connection:
        (old,) = connection.execute("SELECT count(*) FROM events_event").fetchone()
    server = Running(copy)
    try:
        server.wait_until_healthy()
        health = server.health()
        assert health["checks"]["mail"]["muted"] is True
        with Load(server, key) as load:
            until(lambda: load.made > 3)
        until(lambda: _lag(server) == 0, "an end of the consumers' lag")
        assert server.health()["http"] == 200
    finally:
        server.stop()
    with owner(copy, monkeypatch) as connection:
        generations = connection.execute(
            "SELECT generation, count(*) FROM events_event GROUP BY generation ORDER BY generation"
        ).fetchall()
    assert generations[0][1] == old
    assert len(generations) == 2, "a fresh cluster starts a generation of its own"
    assert fairlead(copy, "unmute").stdout == "This installation sends again.\n"


def _lag(server: Running) -> int:
    consumers = server.health()["checks"]["log_consumers"].get("consumers", {})
    return sum(consumer["events"] for consumer in consumers.values())


def test_a_running_or_filled_installation_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.tar"
    assert fairlead(data, "backup", str(file)).returncode == 0
    before = files(data)
    refused = fairlead(data, "restore", str(file))
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    again = fairlead(data, "backup", str(file))
    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    server = Running(data)
    try:
        server.wait_until_healthy()
        refused = fairlead(data, "restore", str(file), "--force")
        assert (refused.returncode, "is running" in refused.stderr) == (1, True)
        assert server.health()["http"] == 200
    finally:
        server.stop()
    assert files(data) == before


def test_a_damaged_file_changes_nothing(data: Path, tmp_path: Path) -> None:
    file, target = tmp_path / "b.tar", tmp_path / "copy"
    assert fairlead(data, "backup", str(file)).returncode == 0
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], whole[:9000] + b"X" + whole[9001:], b"", b"hello"):
        file.write_bytes(broken)
        done = fairlead(target, "restore", str(file))
        assert done.returncode == 1
        assert "backup" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (target / "postgres").exists()
    assert not (target / ".restoring").exists()


def test_where_there_is_no_installation_nothing_is_backed_up(tmp_path: Path) -> None:
    """A slip in --data would else make an empty database, and a backup of that which looks like one."""
    file, mistyped = tmp_path / "b.tar", tmp_path / "mistyped"
    refused = fairlead(mistyped, "backup", str(file))
    assert (refused.returncode, refused.stdout) == (1, "") and f"{mistyped} holds no installation" in refused.stderr
    others = [["doctor", "--json"], ["login-link", "alice@alder.example"]]
    others += [["key", "create", "--firm", "alder", "--user", "alice@alder.example"]]
    for words in others:
        refused = fairlead(mistyped, *words)
        assert refused.returncode == 1 and "holds no installation" in refused.stderr, words
    assert not file.exists() and not (mistyped / "postgres").exists()
    with installation(tmp_path / "never-migrated") as data:
        assert fairlead(data, "manage", "check").returncode == 0
        assert (data / "postgres").exists(), "a cluster, and nothing in it"
        refused = fairlead(data, "backup", str(file))
        assert refused.returncode == 1 and "holds no installation" in refused.stderr
        assert not file.exists()


OLDER = (
    "ALTER TABLE accounts_invitation DROP COLUMN mail_failed_at",
    "DELETE FROM django_migrations WHERE app = 'accounts' AND name = '0004_mail_of_an_invitation'",
)
NEWER = ("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_of_tomorrow', now())",)
FAILED_MAILS = "SELECT count(*) FROM accounts_invitation WHERE mail_failed_at IS NOT NULL"


@pytest.mark.parametrize("statements", [OLDER, NEWER], ids=["older", "newer"])
def test_whatever_version_a_database_is_of_it_is_backed_up_and_what_is_older_comes_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    file = tmp_path / "b.tar"
    with prepared_installation(tmp_path / "other") as other:
        assert fairlead(other, "migrate", "--quiet").returncode == 0
        with owner(other, monkeypatch) as connection:
            for statement in statements:
                connection.execute(statement)
        assert fairlead(other, "backup", str(file)).returncode == 0
    with installation(tmp_path / "copy") as copy:
        done = fairlead(copy, "restore", str(file))
        if statements is NEWER:
            assert done.returncode == 1 and "newer Fairlead" in done.stderr and "9999_of_tomorrow" in done.stderr
            assert not (copy / "postgres").exists() and not (copy / ".restoring").exists()
            return
        assert done.returncode == 0, done.stderr
        with owner(copy, monkeypatch) as connection:
            assert connection.execute(FAILED_MAILS).fetchone() == (0,), "the column is there again"
