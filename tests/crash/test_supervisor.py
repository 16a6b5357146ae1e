"""`fairlead run` under fire: any of its processes is killed, and people hardly notice."""

import contextlib
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from tests.prepared import prepared_installation
from tests.running import PASSWORD, PATIENCE, Running, environment, fairlead, supervised, until

pytestmark = pytest.mark.crash
ENQUEUE = """
from fairlead.api.jobs import purge
from fairlead.jobs.public import enqueue
from fairlead.tenancy.public import Firm
enqueue(purge, firm_id=Firm.objects.get(slug="alder").pk)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One empty installation, migrated."""
    with prepared_installation(tmp_path_factory.mktemp("supervised") / "data") as path:
        done = fairlead(path, "prepare", "--empty")
        assert done.returncode == 0, done.stderr
        yield path


@contextlib.contextmanager
def served(data: Path) -> Iterator[Running]:
    server = Running(data, "--empty")
    try:
        whole(server)
        yield server
    finally:
        server.stop()
        until(lambda: not leftovers(data), "an end of every process")


def whole(server: Running) -> None:
    """Wait until everything runs and all is well."""
    server.wait_until_healthy()
    until(lambda: {"web", "worker", "postgres"} <= server.children().keys(), "all children")


@pytest.fixture(scope="module")
def lasting(data: Path) -> Iterator[Running]:
    """One that survives what the tests do to it."""
    with served(data) as server:
        yield server


@pytest.fixture
def running(lasting: Running) -> Running:
    """The lasting one, recovered from the test before."""
    whole(lasting)
    return lasting


@pytest.fixture(scope="module")
def other_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation of its own for those that are not meant to survive: the lasting one goes on beside it."""
    with prepared_installation(tmp_path_factory.mktemp("ended") / "data") as path:
        done = fairlead(path, "prepare", "--empty")
        assert done.returncode == 0, done.stderr
        yield path


@pytest.fixture
def doomed(other_data: Path) -> Iterator[Running]:
    with served(other_data) as server:
        yield server


def leftovers(data: Path) -> list[psutil.Process]:
    """Every process that belongs to the installation."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            if "fairlead.operations.cli" in words and process.environ().get("FAIRLEAD_DATA") == str(data):
                found.append(process)
        except psutil.Error:
            continue
    database = Instance(DataDir(data)).postgres.process()
    return [*found, database] if database else found


@pytest.mark.parametrize("name", ["web", "worker", "postgres"])
def test_a_killed_child_is_started_again(running: Running, name: str) -> None:
    before = running.children()
    before[name].kill()
    until(lambda: (new := running.children().get(name)) and new.pid != before[name].pid, f"a new {name}")
    running.wait_until_healthy()
    after = running.children()
    for other in {"web", "postgres"} - {name}:
        assert after[other].pid == before[other].pid


def test_the_killed_process_of_the_web_server_is_replaced(running: Running) -> None:
    web = running.children()["web"]
    serving = web.children()
    serving[0].kill()
    until(lambda: len({p.pid for p in web.children()} - {p.pid for p in serving}) == 1, "a new process")
    running.wait_until_healthy()


def test_a_killed_supervisor_leaves_nobody_and_the_next_start_recovers(doomed: Running, other_data: Path) -> None:
    doomed.process.kill()
    doomed.process.wait()
    again = Running(other_data, "--empty")  # at once, while the orphans are still leaving
    try:
        again.wait_until_healthy()
        until(lambda: again.children().keys() == {"web", "live", "worker", "postgres"}, "all children")
        ours = {again.process.pid, *(p.pid for p in psutil.Process(again.process.pid).children(recursive=True))}
        database = again.children()["postgres"].pid
        until(lambda: {p.pid for p in leftovers(other_data)} <= {*ours, database}, "an end of the orphans")
        assert again.health()["http"] == 200
    finally:
        again.stop()


def test_asked_to_stop_it_leaves_nobody(doomed: Running, other_data: Path) -> None:
    doomed.stop()
    assert doomed.process.returncode == 0
    assert leftovers(other_data) == []


def test_an_interrupt_stops_it_as_well(doomed: Running) -> None:
    doomed.process.send_signal(signal.SIGINT)
    assert doomed.process.wait(PATIENCE) == 0


def test_a_second_one_on_the_same_data_is_refused(running: Running, data: Path) -> None:
    other = fairlead(data, "run", "--no-browser")
    assert other.returncode == 1
    assert "already running" in other.stderr
    assert running.health()["http"] == 200


def test_a_taken_port_is_named(other_data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = fairlead(other_data, "run", "--no-browser", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_commands_work_while_it_runs(running: Running, data: Path) -> None:
    assert fairlead(data, "doctor").returncode == 0
    assert running.health()["http"] == 200


def test_standing_orders_survive_a_broken_pipe(other_data: Path) -> None:
    """Nobody reads its output any more: that is no reason to die."""
    command = [sys.executable, "-m", "fairlead.operations.cli", "run", "--no-browser", "--port", "0", "--empty"]
    process = subprocess.Popen(
        command,
        env=environment(other_data),
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.close()
    try:
        until(lambda: (other_data / "run" / "supervisor.lock").exists())
        until(lambda: process.poll() is not None or "worker" in supervised(process.pid))
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(PATIENCE)


def test_background_work_is_done(running: Running, data: Path) -> None:
    made = fairlead(data, "firm", "create", "--slug", "alder", "--name", "Alder", "--owner", "alice@alder.example",
                    "--password-stdin", stdin=PASSWORD)  # fmt: skip
    assert made.returncode == 0, made.stderr
    enqueued = fairlead(data, "manage", "shell", "-c", ENQUEUE)
    assert enqueued.returncode == 0, enqueued.stderr
    until(lambda: running.health()["checks"]["queue"]["todo"] == 0, "an end of the job")
