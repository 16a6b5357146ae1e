"""A real installation in processes of its own, driven from outside as an operator drives it."""

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "correct-horse-battery"
RUN = (sys.executable, "-m", "fairlead.operations.cli", "run")
# The one patience of every test that waits: long enough for a slow machine on which everything runs at once. No test
# passes by being quick, so nothing is lost by it; how quick things are, the benchmarks say.
PATIENCE = 180.0
PORTS = range(20_000, 32_000)  # below what systems hand out for outgoing connections: nobody takes one meanwhile


def environment(data: Path) -> dict[str, str]:
    """The environment of an operator: nothing of the test run's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FAIRLEAD_", "DATABASE_", "DJANGO_"))}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**kept, "FAIRLEAD_DATA": str(data), "PYTHONPATH": path, "PYTHONWARNINGS": "default"}


def fairlead(data: Path, *words: str, stdin: str = "", seconds: float = PATIENCE) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end; more `seconds` only for what keeps a processor busy for most of a minute."""
    command = [sys.executable, "-m", "fairlead.operations.cli", *words]
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(data),
        cwd="/",
        timeout=seconds,
        check=False,
    )


def until(condition: Callable[[], Any], what: str = "condition", *, seconds: float = PATIENCE) -> Any:
    """Wait for `condition` to become true and return it; more `seconds` only for work that grows with its data."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come about within {seconds} s")
        time.sleep(0.05)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on, and that no outgoing connection is given before we do."""
    for port in random.sample(PORTS, 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("There is no free port.")


def supervised(supervisor: int) -> dict[str, psutil.Process]:
    """The processes by name that a supervisor has started; one that ends meanwhile is none."""
    found = {}
    for process in psutil.Process(supervisor).children():
        with contextlib.suppress(psutil.Error):
            words = process.cmdline()
            if "fairlead.operations.cli" in words:
                found[words[words.index("fairlead.operations.cli") + 1]] = process
    return found


class Running:
    """One `fairlead run`."""

    def __init__(
        self, data: Path, *options: str, program: Sequence[str] = (), env: dict[str, str] | None = None
    ) -> None:
        self.data = data
        self.port = free_port()
        self.log = data.parent / f"{data.name}.log"
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*(program or RUN), "--no-browser", "--port", str(self.port), *options],
                env={**environment(data), **(env or {})}, cwd="/", stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; status 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                return response.status, response.read().decode()
            except (OSError, http.client.HTTPException):
                return 0, ""

    def health(self) -> dict[str, Any]:
        status, body = self.get("/health")
        return {**json.loads(body), "http": status} if status in (200, 503) else {"http": status}

    def wait_until_healthy(self) -> None:
        def healthy() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return self.health()["http"] == 200

        until(healthy, f"a healthy server ({self.log})")

    def children(self) -> dict[str, psutil.Process]:
        """The supervised processes by name, and the database as `postgres`."""
        found = supervised(self.process.pid)
        database = Instance(DataDir(self.data)).postgres.process()
        return found | ({"postgres": database} if database else {})

    def stop(self) -> None:
        """Stop cleanly."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)


@contextlib.contextmanager
def installation(data: Path) -> Iterator[Path]:
    """A data directory whose database is gone when the block ends, wherever it lay."""
    try:
        yield data
    finally:
        if (data / "run").exists():
            Instance(DataDir(data)).postgres.destroy()
