"""The embedded server: made once, shared, stopped by the last one out, found again after a kill."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fairlead.operations.confinement import ServerFailed
from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from fairlead.operations.postgres import Postgres
from tests.running import until

pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataDir]:
    directory = DataDir(tmp_path_factory.mktemp("postgres") / "data").prepare()
    yield directory
    Instance(directory).postgres.destroy()


@pytest.fixture(autouse=True)
def no_url(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)


def server(data: DataDir) -> Postgres:
    return Instance(data).postgres


def test_the_last_one_out_stops_it(data: DataDir) -> None:
    alice, bob = Instance(data), Instance(data)
    with alice.connected():
        with bob.connected():
            assert os.environ["DATABASE_URL"].startswith("postgresql://fairlead_app:")
        assert server(data).port()
    assert server(data).process() is None
    assert "fairlead_app" not in os.environ.get("DATABASE_URL", "")


def test_the_application_cannot_step_over_row_level_security(data: DataDir) -> None:
    with Instance(data).connected(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert role == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")


def test_extensions_and_encoding(data: DataDir) -> None:
    with Instance(data).connected(), psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
        names = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
        assert {"pg_trgm", "btree_gin", "unaccent"} <= names
        found = connection.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
        assert found == ("UTF8", "b", "C.UTF-8")


def test_strangers_need_a_password(data: DataDir) -> None:
    with Instance(data).connected():
        port = server(data).port()
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(f"postgresql://postgres:guess@127.0.0.1:{port}/postgres")


def test_it_never_runs_as_root(data: DataDir) -> None:
    with Instance(data).connected():
        process = server(data).process()
        assert process is not None
        assert process.uids().effective != 0


def test_a_killed_server_is_started_again(data: DataDir) -> None:
    instance = Instance(data)
    with instance.connected():
        with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        before = server(data).process()
        assert before is not None
        before.send_signal(signal.SIGKILL)
        until(lambda: server(data).process() is None)
        port = instance.postgres.ensure_running(instance.provision)
        with psycopg.connect(instance.database_environment(port)["DATABASE_OWNER_URL"]) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)


def test_it_moves_when_a_stranger_has_its_port(data: DataDir) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        (data.run / "postgres.port").write_text(f"{taken}\n")
        with Instance(data).connected(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            assert server(data).port() != taken
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_stale_process_id_is_not_believed(data: DataDir) -> None:
    """After a reboot the number may belong to anybody: here, to us."""
    pid_file = server(data).cluster / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server(data).cluster}\n1\n5432\n\n127.0.0.1\n\nready\n")
    assert server(data).process() is None
    with Instance(data).connected():
        assert server(data).port()


def test_an_orphaned_server_is_adopted(data: DataDir) -> None:
    orphan = server(data)
    orphan.enter(lambda url: None)
    pid = orphan.process()
    orphan._users.release()  # what the kernel does when its user is killed
    with Instance(data).connected():
        assert server(data).process() == pid
    assert server(data).process() is None


def test_another_major_version_is_told_apart(data: DataDir) -> None:
    version = server(data).cluster / "PG_VERSION"
    ours = version.read_text()
    version.write_text("11\n")
    try:
        with pytest.raises(ServerFailed, match="made by PostgreSQL 11"), Instance(data).connected():
            pass
    finally:
        version.write_text(ours)


def test_a_broken_configuration_is_named(data: DataDir) -> None:
    local = server(data).cluster / "local.conf"
    local.write_text("shared_buffers = 'a lot'\n")
    try:
        with pytest.raises(ServerFailed, match="shared_buffers"), Instance(data).connected():
            pass
    finally:
        local.unlink()
    with Instance(data).connected():
        assert server(data).port()


def test_a_killed_first_start_is_begun_anew(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data").prepare()
    instance = Instance(data)

    def killed(url: str) -> None:
        raise KeyboardInterrupt

    try:
        with pytest.raises(KeyboardInterrupt):
            instance.postgres.enter(killed)
        with instance.connected(), psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        instance.postgres.destroy()
