"""A job that is cancelled among the background jobs, or fails for good, takes the run behind it along."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate.exceptions import JobAborted

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs import registry
from fairlead.jobs.public import cancel_job, firm_jobs, retry_job
from fairlead.jobs.run import Run, execute
from fairlead.jobs.testing import drain
from fairlead.jobs.worker import recovery
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.people.models import Contact
from fairlead.records.actions import exports
from fairlead.records.actions.bulk import undo_bulk
from fairlead.records.bulk import running
from fairlead.records.duplicates.public import scanning
from fairlead.records.imports import jobs as imports
from fairlead.records.imports import runs, verbs
from fairlead.records.models import BulkRun, DuplicateScan, ExportRun, ImportRun
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

from .bulk_runs import ROME, make, start

pytestmark = pytest.mark.django_db
CSV = b"Email,First name\nada@acorn.example,Ada\n"


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield


def bulk(person: Person) -> BulkRun:
    with firm_context(person.firm.id):
        make(2)
    return start(person, "set", {"field": "city", "value": "Paris"}, criteria=ROME)


def search(person: Person) -> DuplicateScan:
    with firm_context(person.firm.id):
        return scanning.start_scan(nouns.get("contact"), by=person.actor)


def export(person: Person) -> ExportRun:
    with firm_context(person.firm.id), pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "AT_ONCE", -1)
        return exports.start_export(nouns.get("contact"), by=person.actor, columns=["first_name"])


def upload(person: Person) -> ImportRun:
    with firm_context(person.firm.id):
        return runs.upload("contacts", io.BytesIO(CSV), name="c.csv", by=person.actor)


def bring_in(person: Person) -> ImportRun:
    run = upload(person)
    with firm_context(person.firm.id):
        return verbs.start(run.id, by=person.actor)


STARTS = [bulk, search, export, bring_in]


def ended(run: Any) -> tuple[str, str]:
    with firm_context(run.firm_id):
        run.refresh_from_db()
    if isinstance(run, ImportRun):
        return run.status, run.failure
    return run.state, run.message


def job_of(person: Person) -> int:
    with firm_context(person.firm.id):
        return firm_jobs()[0].id


def set_state(number: int, state: str, attempts: int = 0) -> None:
    change = "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, attempts = %s WHERE id = %s"
    with connection.cursor() as cursor:
        for each in dict.fromkeys(("doing", state)):
            cursor.execute(change, [each, attempts, number])


@pytest.mark.parametrize("begin", STARTS)
def test_a_run_that_waits_is_cancelled_with_its_job(alice: Person, charlie: Person, begin: Any) -> None:
    run, other = begin(alice), begin(charlie)
    number = job_of(alice)
    with pytest.raises(NotFound):
        cancel_job(number, by=charlie.actor)
    assert alice.client().post(alice.url(f"settings/jobs/{number}/cancel/")).status_code == 302
    assert ended(run) == ("cancelled", "")
    assert ended(other)[0] == "queued"
    assert drain() >= 1
    assert (ended(run)[0], ended(other)[0]) == ("cancelled", "done")


@pytest.mark.parametrize("begin", STARTS)
def test_a_run_at_work_ends_when_it_finds_that_its_job_was_cancelled(alice: Person, begin: Any) -> None:
    run = begin(alice)
    number = job_of(alice)
    set_state(number, "doing")
    cancel_job(number, by=alice.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, abort_requested FROM procrastinate_jobs WHERE id = %s", [number])
        assert cursor.fetchone() == ("doing", False), "it ends by itself"
    set_state(number, "todo")
    drain()
    assert ended(run) == ("cancelled", "")
    with firm_context(alice.firm.id):
        assert not Contact.rows().filter(city="Paris").exists()
        assert not Contact.rows().filter(first_name="Ada").exists()


@pytest.mark.parametrize("begin", STARTS)
def test_a_run_whose_job_fails_for_good_says_so(
    alice: Person, charlie: Person, begin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, other = begin(alice), begin(charlie)
    number = job_of(alice)
    for place in (running, scanning):
        monkeypatch.setattr(place, "advance", broken)
    monkeypatch.setattr(exports, "write_export", broken)
    monkeypatch.setattr(imports, "_engine", broken)
    with firm_context(alice.firm.id):
        job = registry.get(firm_jobs()[0].name)
    arguments = {"scan_id" if begin is search else "run_id": str(run.id)}
    for attempt in range(1, job.retries + 2):
        assert ended(run)[0] == "queued"
        with pytest.raises(ZeroDivisionError):
            execute(job, Run(number, job.name, alice.firm.id, None, attempt), arguments)
    state, message = ended(run)
    assert state == "failed" and message.startswith("Something went wrong")
    assert ended(other)[0] == "queued"
    set_state(number, "failed")
    with pytest.raises(Conflict, match="given up"):
        retry_job(number, by=alice.actor)
    page = alice.client().get(alice.url("settings/jobs/")).content.decode()
    assert job.name in page and "Run again" not in page


def broken(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError


def test_a_run_that_kills_its_workers_is_given_up(alice: Person) -> None:
    run = bulk(alice)
    set_state(job_of(alice), "doing", recovery.MOST_ATTEMPTS)
    recovery.recover()
    assert ended(run)[0] == "failed"


def test_a_worker_that_is_told_to_stop_on_the_last_attempt_has_not_failed(alice: Person) -> None:
    run = bulk(alice)
    job = registry.get("records.bulk")
    last = Run(job_of(alice), job.name, alice.firm.id, None, job.retries + 1, cancelled=lambda: True)
    with pytest.raises(JobAborted):
        execute(job, last, {"run_id": str(run.id)})
    assert ended(run) == ("running", "")


def test_the_audit_says_who_cancelled(alice: Person, bob: Person) -> None:
    run = bulk(bob)
    cancel_job(job_of(alice), by=alice.actor)
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="bulk.cancelled")
        assert (event.subject_id, event.actor_id) == (run.id, alice.membership.id)


@pytest.mark.parametrize("is_running", [False, True])
def test_the_audit_says_who_cancelled_an_import(alice: Person, bob: Person, is_running: bool) -> None:
    run = bring_in(bob)
    number = job_of(alice)
    if is_running:
        set_state(number, "doing")
    cancel_job(number, by=alice.actor)
    if is_running:
        set_state(number, "todo")
        drain()
    with firm_context(alice.firm.id):
        event = Event.rows().get(type="import.cancelled")
        assert (event.subject_id, event.actor_id) == (run.id, alice.membership.id)


def test_an_undoing_that_is_cancelled_can_be_taken_up_again(alice: Person) -> None:
    run = bulk(alice)
    drain()
    with firm_context(alice.firm.id):
        undo_bulk(run.id, by=alice.actor)
    cancel_job(job_of(alice), by=alice.actor)
    assert ended(run)[0] == "cancelled"
    with firm_context(alice.firm.id):
        undo_bulk(run.id, by=alice.actor)
    drain()
    assert ended(run)[0] == "undone"


def test_a_dry_run_that_is_cancelled_is_set_up_further(alice: Person) -> None:
    run = upload(alice)
    with firm_context(alice.firm.id):
        verbs.rehearse(run.id, by=alice.actor)
    cancel_job(job_of(alice), by=alice.actor)
    assert ended(run) == ("uploaded", "")
    assert run.dry_run is None


@pytest.mark.parametrize("state", ["todo", "doing"])
def test_a_revert_that_is_cancelled_stops_and_can_be_taken_up_again(alice: Person, state: str) -> None:
    run = bring_in(alice)
    drain()
    with firm_context(alice.firm.id):
        verbs.revert(run.id, by=alice.actor)
    number = job_of(alice)
    set_state(number, state)
    cancel_job(number, by=alice.actor)
    imports.undo(alice.firm.id, run.id)
    assert ended(run)[0] == "failed" and "Revert it again" in run.failure
    assert living(alice) == 1
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="import.revert_stopped", actor_id=alice.membership.id).exists()
        verbs.revert(run.id, by=alice.actor)
    imports.undo(alice.firm.id, run.id)
    assert (ended(run)[0], living(alice)) == ("reverted", 0)


def living(person: Person) -> int:
    with firm_context(person.firm.id):
        return int(Contact.rows().filter(deleted_at=None).count())
