"""A real installation in processes of its own, driven from outside as an operator drives it."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from fairlead.operations.datadir import DataDir
from fairlead.operations.instance import Instance
from fairlead.operations.supervisor import choose_port

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "correct-horse-battery"


def environment(data: Path) -> dict[str, str]:
    """The environment of an operator: nothing of the test run's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FAIRLEAD_", "DATABASE_", "DJANGO_", "COV_"))}
    return {**kept, "FAIRLEAD_DATA": str(data), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


def fairlead(data: Path, *words: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    command = [sys.executable, "-m", "fairlead.operations.cli", *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment(data), cwd="/", timeout=300, check=False
    )


def until(condition: Callable[[], Any], seconds: float = 30.0, what: str = "condition") -> Any:
    """Wait for `condition` to become true and return it."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come about within {seconds} s")
        time.sleep(0.05)


def slack() -> float:
    """How much longer things may take on a machine that is busy with others: 1 on an idle one."""
    return max(1.0, 2 * psutil.getloadavg()[0] / (psutil.cpu_count() or 1))


class Running:
    """One `fairlead run`."""

    def __init__(
        self, data: Path, *options: str, command: Sequence[str] = (), env: dict[str, str] | None = None
    ) -> None:
        self.data = data
        self.port = choose_port("127.0.0.1", 0)
        self.log = data.parent / f"{data.name}.log"
        program = command or [sys.executable, "-m", "fairlead.operations.cli"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*program, "run", "--no-browser", "--port", str(self.port), *options],
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

    def wait_until_healthy(self, seconds: float = 90.0) -> None:
        def healthy() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return self.health()["http"] == 200

        until(healthy, seconds, f"a healthy server ({self.log})")

    def children(self) -> dict[str, psutil.Process]:
        """The supervised processes by name, and the database as `postgres`."""
        found = {}
        for process in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                words = process.cmdline()
                if "fairlead.operations.cli" in words:
                    found[words[words.index("fairlead.operations.cli") + 1]] = process
        database = Instance(DataDir(self.data)).postgres.process()
        return found | ({"postgres": database} if database else {})

    def stop(self) -> float:
        """Stop cleanly; the seconds it took."""
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
        return time.monotonic() - started


@contextlib.contextmanager
def installation(data: Path) -> Iterator[Path]:
    """A data directory whose database is gone when the block ends, wherever it lay."""
    try:
        yield data
    finally:
        if (data / "run").exists():
            Instance(DataDir(data)).postgres.destroy()
