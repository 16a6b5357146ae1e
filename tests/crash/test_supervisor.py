"""`fairlead run` under fire: any of its processes is killed, and people hardly notice."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from tests.running import Running, environment, fairlead, installation, slack, until

pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One empty installation, migrated."""
    with installation(tmp_path_factory.mktemp("supervised") / "data") as path:
        done = fairlead(path, "prepare", "--empty")
        assert done.returncode == 0, done.stderr
        yield path


@pytest.fixture
def running(data: Path) -> Iterator[Running]:
    server = Running(data, "--empty")
    try:
        server.wait_until_healthy()
        until(lambda: {"web", "worker", "postgres"} <= server.children().keys(), what="all children")
        yield server
    finally:
        server.stop()
        until(lambda: not leftovers(data), what="an end of every process")


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
    until(lambda: (new := running.children().get(name)) and new.pid != before[name].pid, what=f"a new {name}")
    running.wait_until_healthy()
    after = running.children()
    for other in {"web", "postgres"} - {name}:
        assert after[other].pid == before[other].pid


def test_the_killed_process_of_the_web_server_is_replaced(running: Running) -> None:
    web = running.children()["web"]
    (serving,) = web.children()
    serving.kill()
    until(lambda: [p.pid for p in web.children()] not in ([], [serving.pid]), what="a new process")
    running.wait_until_healthy()


def test_a_killed_supervisor_leaves_nobody_and_the_next_start_recovers(running: Running, data: Path) -> None:
    running.process.kill()
    running.process.wait()
    again = Running(data, "--empty")  # at once, while the orphans are still leaving
    try:
        again.wait_until_healthy()
        until(lambda: len(again.children()) == 3, what="all children")
        ours = {again.process.pid, *(p.pid for p in psutil.Process(again.process.pid).children(recursive=True))}
        database = again.children()["postgres"].pid
        until(lambda: {p.pid for p in leftovers(data)} <= {*ours, database}, what="an end of the orphans")
        assert again.health()["http"] == 200
    finally:
        again.stop()


def test_everything_ends_within_six_seconds(running: Running, data: Path) -> None:
    assert running.stop() < 6 * slack()
    assert running.process.returncode == 0
    assert leftovers(data) == []


def test_an_interrupt_stops_it_as_well(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(10) == 0


def test_a_second_one_on_the_same_data_is_refused(running: Running, data: Path) -> None:
    other = fairlead(data, "run", "--no-browser")
    assert other.returncode == 1
    assert "already running" in other.stderr
    assert running.health()["http"] == 200


def test_a_taken_port_is_named(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = fairlead(data, "run", "--no-browser", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr


def test_commands_work_while_it_runs(running: Running, data: Path) -> None:
    assert fairlead(data, "doctor").returncode == 0
    assert running.health()["http"] == 200


def test_the_second_start_is_quick(data: Path, running: Running) -> None:
    running.stop()
    used: list[float] = []
    for _ in range(2):
        started = time.monotonic()
        again = Running(data, "--empty")
        try:
            until(lambda again=again: again.get("/health")[0] == 200, what="an answer")
            used.append(time.monotonic() - started)
        finally:
            again.stop()
    assert min(used) < 5 * slack(), used


def test_standing_orders_survive_a_broken_pipe(data: Path) -> None:
    """Nobody reads its output any more: that is no reason to die."""
    command = [sys.executable, "-m", "fairlead.operations.cli", "run", "--no-browser", "--port", "0", "--empty"]
    process = subprocess.Popen(
        command,
        env=environment(data),
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.close()
    try:
        until(lambda: (Path(data) / "run" / "supervisor.lock").exists())
        until(
            lambda: (
                process.poll() is not None
                or "worker" in {w for p in psutil.Process(process.pid).children() for w in p.cmdline()}
            ),
            60,
        )
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(20)
