"""A worker process with jobs and a consumer of the tests, quick to notice a dead colleague."""

import os
import sys
import time
from collections.abc import Sequence
from uuid import UUID

import django
from django.conf import settings
from django.db import connection

HEARTBEAT, STALLED = 0.5, 3.0
SCHEDULE: list[object] = []


def mark(kind: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO crash_marks (kind, n, pid) VALUES (%s, %s, %s)", [kind, number, os.getpid()])


def marked(kind: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM crash_marks WHERE kind = %s", [kind])
        return cursor.fetchone() is not None


def define() -> None:
    """Register the tests' jobs and consumer."""
    from fairlead.events.public import Event, consumer

    define_short_jobs()
    define_long_jobs()

    @consumer("tests.marks", types={"tests.happened"}, batch=20)
    def put_marks(events: Sequence[Event]) -> None:
        for event in events:
            mark("event", event.data["n"])


def define_short_jobs() -> None:
    from fairlead.jobs.public import job

    @job("tests.mark")
    def put_mark(*, firm_id: UUID, kind: str, number: int) -> None:
        mark(kind, number)

    @job("tests.tick", platform=True)
    def tick() -> None:
        mark("tick", 1)

    @job("tests.each_firm")
    def each_firm(*, firm_id: UUID) -> None:
        mark("firm", firm_id.int % 1_000_000)

    @job("tests.nothing")
    def do_nothing(*, firm_id: UUID, number: int) -> None:
        """Only be there."""


def define_long_jobs() -> None:
    from fairlead.jobs.public import current_run, job, step

    @job("tests.two_steps", queue="bulk")
    def two_steps(*, firm_id: UUID) -> None:
        with step("first") as todo:
            if todo:
                mark("first", 1)
        with step("second") as todo:
            if todo:
                mark("second", 1)
                # The first worker to come here stays until it is killed, its transaction open.
                if current_run().attempt == 1:
                    time.sleep(600)

    @job("tests.endless", queue="bulk")
    def endless(*, firm_id: UUID, polite: bool) -> None:
        mark("polite" if polite else "deaf", 1)
        while True:
            time.sleep(0.05)
            if polite:
                current_run().checkpoint()


def schedule() -> list[object]:
    from fairlead.jobs.public import recurring

    return [recurring("tests.tick", "* * * * * *"), recurring("tests.each_firm", "* * * * * */2", every_firm=True)]


if __name__ == "__main__":
    django.setup()
    from fairlead.jobs.worker import recovery, run_worker

    recovery.HEARTBEAT, recovery.STALLED = HEARTBEAT, STALLED
    define()
    settings.SCHEDULE = "tests.crash.worker_process.SCHEDULE"  # empty unless the test asks for it
    from tests.crash import worker_process as itself  # not __main__: the schedule is found by its path

    if "WITH_SCHEDULE" in os.environ:
        itself.SCHEDULE = schedule()
    sys.exit(run_worker())
