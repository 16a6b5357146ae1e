"""A reminder of a task reaches whoever does it, once, wherever a worker is killed on the way."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import psycopg
import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import TaskReminder
from fairlead.jobs import registry
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context
from tests.crash.workers import Worker, marks, scalar, url, working
from tests.running import until

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
MANY, FEW = 40, 3
INTRODUCED = "SELECT count(*) FROM events_consumer WHERE name = 'notifications'"
REMINDED = "SELECT count(*) FROM events_event WHERE type = 'task.reminded'"
NOTICES = "SELECT count(*) FROM notifications_notice WHERE kind = 'task_reminder'"
MAILS = "SELECT count(*) FROM notifications_noticemail WHERE state = %s"
# What is under way, and the runs that could have it so: in one statement, so of one moment.
UNDER_WAY = """
    SELECT (SELECT coalesce(array_agg(n.title), '{}') FROM notifications_noticemail m
            JOIN notifications_notice n ON n.firm_id = m.firm_id AND n.id = m.notice_id WHERE m.state = 'sending'),
           (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'notifications.send_due')
"""
BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"


@pytest.fixture(autouse=True)
def _marks() -> Iterator[None]:
    with marks():
        yield


def test_a_killed_worker_neither_loses_nor_doubles_a_reminder(alice: Person, charlie: Person, tmp_path: Path) -> None:
    with working(tmp_path / "before.log") as worker:
        until(lambda: scalar(INTRODUCED), f"a worker that reads the log ({worker.log})")
    titles = _due(alice, MANY) + _due(charlie, FEW)
    with working(tmp_path / "1.log") as worker, _standing("events_event"):
        _start("activities.attend", alice, charlie)
        _killed_where_it_waits(worker, "events_event")  # marked, but not told
    assert scalar(REMINDED) == 0, "the mark went with the event"
    with working(tmp_path / "2.log") as worker:
        with _standing("notifications_notice"):
            until(lambda: scalar(REMINDED) == MANY + FEW, f"the reminders told ({worker.log})")
            _killed_where_it_waits(worker, "notifications_notice")  # read, but not noticed
        assert scalar(NOTICES) == 0, "nor has the reader of the log moved on"
    with working(tmp_path / "3.log") as worker:
        until(lambda: scalar(MAILS, "sent") >= FEW, f"the first mails ({worker.log})")
        worker.kill()  # among the mails
    held, runs = _under_way()
    # A run marks one mail, sends it, and only then takes the next: whatever the number of threads, and of firms.
    assert len(held) <= runs, "each run that was cut off held one at the most"
    with working(tmp_path / "4.log") as worker:
        until(lambda: scalar(NOTICES) == MANY + FEW, f"all notices ({worker.log})")
        _start("notifications.send_due", alice, charlie)
        until(lambda: scalar(MAILS, "sent") == MANY + FEW - len(held), f"every other mail ({worker.log})")
    assert _under_way()[0] == held, "nobody takes up what may have gone"
    assert scalar(REMINDED) == scalar(NOTICES) == MANY + FEW
    _each_mail_left_once(tmp_path / "data" / "outbox", titles, held)


def _due(person: Person, count: int) -> list[str]:
    """Make tasks whose reminders are due; return their titles."""
    titles = [f"{person.user.name} {number}" for number in range(count)]
    tomorrow = clock.now().date() + timedelta(days=1)
    with firm_context(person.firm.id):
        for title in titles:
            create_task({"title": title, "due_on": tomorrow.isoformat(), "reminders": [60]}, by=person.actor)
        TaskReminder.rows().update(remind_at=clock.now() - timedelta(minutes=1))
    return titles


def _start(job: str, *people: Person) -> None:
    for person in people:
        enqueue(registry.get(job), firm_id=person.firm.id)


@contextmanager
def _standing(table: str) -> Iterator[None]:
    """Let nobody write to a table: who comes to it stands there, its transaction open."""
    with psycopg.connect(url("owner")) as connection:
        connection.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield


def _killed_where_it_waits(worker: Worker, table: str) -> None:
    until(lambda: scalar(BLOCKED, table), f"the worker before {table} ({worker.log})")
    worker.kill()


def _under_way() -> tuple[set[str], int]:
    """Return the subjects of the mails that are marked as being sent, and how many runs that send are under way."""
    with psycopg.connect(url("owner")) as connection:
        row = connection.execute(UNDER_WAY).fetchone()
    assert row
    return set(row[0]), row[1]


def _each_mail_left_once(outbox: Path, titles: list[str], held: set[str]) -> None:
    """One that was under way when its worker died is held and not repeated: nobody knows whether it went."""
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in outbox.glob("*.eml")]
    left = Counter(str(mail["Subject"]) for mail in mails)
    meant = {f"Reminder: {title}" for title in titles}
    assert meant - held <= set(left) <= meant
    assert max(left.values()) == 1
