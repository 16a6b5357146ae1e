"""Workers that are killed, stopped, starved, cut off: nothing is lost and nothing is done twice."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from fairlead.accounts.tests.cast import Person
from fairlead.events.tests.reading import write
from fairlead.jobs import registry
from fairlead.jobs.public import enqueue, enqueue_many
from tests.crash.clusters import HERE, cluster, move, pointing_at, url_of
from tests.crash.workers import count, cut_connections, marks, scalar, working
from tests.running import until

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
LEFT = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
A_FEW_SECONDS_OF_WORK = 1_000  # jobs: counted in work and not in time, so that a slow machine changes nothing


@pytest.fixture(autouse=True)
def _marks() -> Iterator[None]:
    with marks():
        yield


def test_a_job_of_a_killed_worker_is_done_by_another_and_its_steps_once(alice: Person, tmp_path: Path) -> None:
    enqueue(registry.get("tests.two_steps"), firm_id=alice.firm.id)
    with working(tmp_path / "first.log") as first:
        until(lambda: count("first"), f"the first step ({first.log})")
        first.kill()
    assert count("second") == 0, "the open transaction went with the process"
    with working(tmp_path / "second.log") as second:
        until(lambda: scalar(LEFT) == 0, f"the job done ({second.log})")
    assert (count("first"), count("second")) == (1, 1)


def test_no_event_is_lost_or_handled_twice_when_workers_are_killed_in_mid_batch(
    alice: Person, charlie: Person, tmp_path: Path
) -> None:
    for start in range(0, 1000, 100):
        write(alice, *range(start, start + 100))
        write(charlie, *range(10_000 + start, 10_000 + start + 100))
    for turn in (1, 2, 3):
        so_far = count("event")
        with working(tmp_path / f"{turn}.log") as worker:
            until(lambda before=so_far: count("event") > before, f"progress ({worker.log})")
            worker.kill()
    with working(tmp_path / "last.log") as worker:
        until(lambda: count("event") >= 2000, f"all events ({worker.log})")
    assert scalar("SELECT count(DISTINCT n) FROM crash_marks WHERE kind = 'event'") == 2000
    assert count("event") == 2000


@pytest.mark.parametrize("polite", [True, False])
def test_a_stopped_worker_ends_in_the_middle_of_an_endless_job_and_puts_it_back(
    alice: Person, tmp_path: Path, polite: bool
) -> None:
    enqueue(registry.get("tests.endless"), firm_id=alice.firm.id, polite=polite)
    with working(tmp_path / "worker.log") as worker:
        until(lambda: count("polite" if polite else "deaf"), f"the job under way ({worker.log})")
        assert worker.terminate() == 0
    assert scalar(WAITING) == 1


def test_one_firm_with_a_hundred_thousand_jobs_delays_nobody(alice: Person, charlie: Person, tmp_path: Path) -> None:
    enqueue_many(registry.get("tests.nothing"), ({"number": n} for n in range(100_000)), firm_id=alice.firm.id)
    with working(tmp_path / "worker.log") as worker:
        until(lambda: scalar(WAITING) < 99_990, f"a busy worker ({worker.log})")
        for number in range(3):
            before = scalar(WAITING)
            enqueue(registry.get("tests.mark"), firm_id=charlie.firm.id, kind="charlie", number=number)
            until(lambda wanted=number + 1: count("charlie") == wanted, f"Charlie's turn ({worker.log})")
            assert before - scalar(WAITING) < A_FEW_SECONDS_OF_WORK
        assert scalar(WAITING) > 90_000, "and the flood is far from done"


def test_long_jobs_of_one_firm_leave_a_thread_to_the_others(alice: Person, charlie: Person, tmp_path: Path) -> None:
    for _ in range(3):
        enqueue(registry.get("tests.endless"), firm_id=alice.firm.id, polite=False)
    with working(tmp_path / "worker.log") as worker:
        until(lambda: count("deaf") == 1, f"Alice's first job ({worker.log})")
        enqueue(registry.get("tests.endless"), firm_id=charlie.firm.id, polite=True)
        until(lambda: count("polite") == 1, f"Charlie's job beside it ({worker.log})")
        assert count("deaf") == 1


def test_a_worker_survives_that_its_connections_are_cut(alice: Person, tmp_path: Path) -> None:
    with working(tmp_path / "worker.log") as worker:
        for number in (1, 2, 3):
            enqueue(registry.get("tests.mark"), firm_id=alice.firm.id, kind="mark", number=number)
            write(alice, number)
            until(lambda wanted=number: count("mark") == wanted, f"the job done ({worker.log})")
            until(lambda wanted=number: count("event") == wanted, f"the event read ({worker.log})")
            assert worker.alive
            cut_connections()


def test_a_worker_survives_a_restart_of_the_server(alice: Person, tmp_path: Path) -> None:
    """The process lives on while nobody answers, and works again when the server is back."""
    with cluster(tmp_path) as server:
        move(server, HERE, url_of(server), tmp_path / "dump")
        with pointing_at(url_of(server)), working(tmp_path / "worker.log") as worker:
            for number in (1, 2):
                enqueue(registry.get("tests.mark"), firm_id=alice.firm.id, kind="mark", number=number)
                write(alice, number)
                until(lambda wanted=number: count("mark") == wanted, f"the job done ({worker.log})")
                until(lambda wanted=number: count("event") == wanted, f"the event read ({worker.log})")
                connections.close_all()
                server.stop(patience=5.0)
                time.sleep(1.0)  # long enough for every one of its parts to notice
                server.ensure_running(lambda url: None)
                assert worker.alive, worker.log.read_text()


def test_the_schedule_starts_platform_jobs_and_jobs_of_every_firm(
    alice: Person, charlie: Person, tmp_path: Path
) -> None:
    with working(tmp_path / "worker.log", schedule=True) as worker:
        until(lambda: count("tick") >= 2, f"the platform's job, twice ({worker.log})")
        until(lambda: count("firm") >= 2, f"each firm's job ({worker.log})")
    assert scalar("SELECT count(DISTINCT n) FROM crash_marks WHERE kind = 'firm'") == 2
