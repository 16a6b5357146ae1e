"""Real worker processes for the tests, and what they leave behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
from django.db import connections

from conftest import SERVER
from fairlead.jobs import registry
from tests.crash import worker_process
from tests.running import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


def url(alias: str, *, port: int | None = None) -> str:
    """Return the URL of the test's own database, as the role of `alias`."""
    s = connections[alias].settings_dict
    return f"postgresql://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{port or s['PORT']}/{s['NAME']}"


@contextmanager
def marks() -> Iterator[None]:
    """Make the table that the tests' jobs write to, and know these jobs here too."""
    if "tests.mark" not in {j.name for j in registry.registered()}:
        worker_process.define()
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS crash_marks")
        cursor.execute("CREATE TABLE crash_marks (kind text, n int, pid int, at timestamptz DEFAULT clock_timestamp())")
        cursor.execute("GRANT ALL ON crash_marks TO fairlead_app")
    try:
        yield
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP TABLE crash_marks")


def count(kind: str) -> int:
    """Return how many marks of `kind` were committed."""
    return int(scalar("SELECT count(*) FROM crash_marks WHERE kind = %s", kind))


def scalar(query: str, *parameters: object) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query, list(parameters))
        return int(cursor.fetchone()[0])


class Worker:
    """One worker process."""

    def __init__(self, log: Path, *, port: int | None, listen: bool, schedule: bool, smtp: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("FAIRLEAD_")}
        environment |= {
            "DATABASE_URL": url("default", port=port),
            "DATABASE_OWNER_URL": url("owner"),
            "DJANGO_SETTINGS_MODULE": "fairlead.config.settings",
            "FAIRLEAD_DATA": str(log.parent / "data"),
            "FAIRLEAD_LISTEN": "1" if listen else "0",
            "FAIRLEAD_SMTP_URL": smtp,
        }
        if schedule:
            environment["WITH_SCHEDULE"] = "1"
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.worker_process"],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def terminate(self) -> int:
        """Ask it to end and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None and psutil.pid_exists(self.process.pid)


def cut_connections() -> None:
    """End every session of the application role but ours, as a restart of the server does."""
    ours = connections["default"].connection.info.backend_pid if connections["default"].connection else 0
    with psycopg.connect(SERVER, dbname="postgres", autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = 'fairlead_app' AND pid <> %s",
            [connections["default"].settings_dict["NAME"], ours],
        )


@contextmanager
def working(
    log: Path, *, port: int | None = None, listen: bool = True, schedule: bool = False, smtp: str = ""
) -> Iterator[Worker]:
    """Run a worker for the length of the block."""
    worker = Worker(log, port=port, listen=listen, schedule=schedule, smtp=smtp)
    try:
        yield worker
    finally:
        if worker.alive:
            worker.kill()
        # A killed process's sessions may live on for a moment, with their locks.
        cut_connections()
