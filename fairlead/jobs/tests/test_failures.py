"""Failed jobs are seen, retried and cancelled by those who may, in their own firm only."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from procrastinate.jobs import Job as QueuedJob

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs.models import JobFailure
from fairlead.jobs.public import cancel_job, enqueue, firm_jobs, job, retry_job
from fairlead.jobs.run import Run, execute
from fairlead.jobs.testing import drain
from fairlead.jobs.worker import recovery
from fairlead.jobs.worker.tasks import Backoff, _task
from fairlead.kernel.errors import Conflict, Forbidden, NotFound
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
broken = {"yes": True}


@job("tests.fragile")
def fragile(*, firm_id: UUID) -> None:
    """Fail or not."""
    if broken["yes"]:
        raise ValueError("no good")


@pytest.fixture
def failed(alice: Person) -> int:
    broken["yes"] = True
    number = enqueue(fragile, firm_id=alice.firm.id) or 0
    with pytest.raises(ValueError, match="no good"):
        execute(fragile, Run(number, "tests.fragile", alice.firm.id, None, 1), {})
    set_state(number, "failed")
    return number


def set_state(number: int, state: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, attempts = 1 WHERE id = %s",
            [state, number],
        )


def test_a_firm_sees_its_failed_job_with_the_error_and_no_other_does(
    alice: Person, charlie: Person, failed: int
) -> None:
    with firm_context(alice.firm.id):
        [seen] = firm_jobs()
        assert (seen.id, seen.state, seen.error) == (failed, "failed", "ValueError: no good")
        assert seen.enqueued_at is not None
        assert firm_jobs(before=failed) == []
    with firm_context(charlie.firm.id):
        assert firm_jobs() == []


def test_a_retried_job_runs_again_and_its_failure_is_forgotten(alice: Person, failed: int) -> None:
    retry_job(failed, by=alice.actor)
    with pytest.raises(Conflict):
        retry_job(failed, by=alice.actor)
    broken["yes"] = False
    assert drain() == 1
    with firm_context(alice.firm.id):
        assert not JobFailure.rows().exists()
        assert Event.rows().get(type="job.retried").data["number"] == failed


def test_a_waiting_job_can_be_cancelled(alice: Person) -> None:
    number = enqueue(fragile, firm_id=alice.firm.id) or 0
    cancel_job(number, by=alice.actor)
    assert drain() == 0
    with pytest.raises(Conflict):
        cancel_job(number, by=alice.actor)
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="job.cancelled")
    assert (event.actor_id, event.data) == (
        alice.membership.id, {"job": "Fail or not", "name": "tests.fragile", "number": number},
    )  # fmt: skip
    assert "cancelled the background job “Fail or not”" in alice.page("settings/audit/?noun=job")


def test_bob_may_not_and_charlie_finds_nothing(bob: Person, charlie: Person, failed: int) -> None:
    with pytest.raises(Forbidden):
        retry_job(failed, by=bob.actor)
    for verb in (retry_job, cancel_job):
        with pytest.raises(NotFound):
            verb(failed, by=charlie.actor)


def test_a_job_whose_worker_died_goes_back_and_one_that_kills_them_all_is_given_up(alice: Person) -> None:
    number = enqueue(fragile, firm_id=alice.firm.id) or 0
    set_state(number, "doing")
    assert recovery.recover() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = %s", [recovery.MOST_ATTEMPTS])
    recovery.recover()
    with firm_context(alice.firm.id):
        [seen] = firm_jobs()
    assert (seen.state, seen.error) == ("failed", "Its worker died, repeatedly.")


def taken(number: int) -> Any:
    """Return a job as the queue hands it over."""
    set_state(number, "doing")
    job = QueuedJob(id=number, queue="default", lock=None, queueing_lock="k", task_name="tests.fragile", task_kwargs={})
    return SimpleNamespace(job=job, should_abort=lambda: False)


def test_one_that_failed_comes_again_though_another_of_its_key_waits(alice: Person) -> None:
    broken["yes"] = True
    number = enqueue(fragile, firm_id=alice.firm.id, unique="k") or 0
    context = taken(number)
    assert enqueue(fragile, firm_id=alice.firm.id, unique="k") is not None
    with pytest.raises(ValueError, match="no good"):
        _task(fragile)(context, firm_id=str(alice.firm.id))
    with connection.cursor() as cursor:  # as the queue does it
        cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [number])
    assert enqueue(fragile, firm_id=alice.firm.id, unique="k") is None, "the one that waits still has the key"


def test_a_dead_workers_job_whose_key_waits_holds_up_no_rescue(alice: Person) -> None:
    unique, plain = (enqueue(fragile, firm_id=alice.firm.id, unique=key) or 0 for key in ("k", None))
    for number in (unique, plain):
        set_state(number, "doing")
    enqueue(fragile, firm_id=alice.firm.id, unique="k")
    assert recovery.recover() == 2


def test_the_job_of_a_living_worker_is_left_alone(alice: Person) -> None:
    number = enqueue(fragile, firm_id=alice.firm.id) or 0
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        [worker] = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, number])
        assert recovery.recover() == 0
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        assert recovery.recover() == 1


def test_the_pause_before_a_retry_grows_and_ends() -> None:
    queued = QueuedJob(
        id=7, queue="bulk", lock="bulk:x:0", queueing_lock=None, task_name="tests.fragile", task_kwargs={}
    )
    decisions = [
        Backoff(retries=3).get_retry_decision(exception=ValueError(), job=queued.evolve(attempts=n)) for n in range(4)
    ]
    assert [d is not None for d in decisions] == [True, True, True, False]
    pauses = [d.retry_at for d in decisions if d and d.retry_at]
    assert pauses == sorted(pauses)
    assert {d.lock for d in decisions if d} == {"retry:7"}, "it holds up no other while it waits"
