"""POST /api/v1/imports/{id}/resume, and the button: an import that was stopped goes on where it was."""

from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.public import Unfinished
from fairlead.jobs.testing import drain
from fairlead.people.models import Contact
from fairlead.people.tests.importing.test_wizard import posted, upload
from fairlead.records.actions.custom_fields import archive_field
from fairlead.records.imports import engine, jobs, verbs
from fairlead.records.models import CustomField, ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
TOLD = ("import.cancelled", "import.resumed", "import.finished")
FILE, ROWS, CHUNK = "contacts-hubspot.csv", 500, 120


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut the file into five."""
    monkeypatch.setattr(engine, "CHUNK", CHUNK)


def run_of(person: Person) -> ImportRun:
    with firm_context(person.firm.id):
        return ImportRun.rows().get()


def stopped(person: Person, *, after: int, by: Person | None = None) -> str:
    """Have an import stopped, by its member or by another, after so many chunks; return its address."""
    url = upload(person, FILE)
    with firm_context(person.firm.id):
        run = verbs.start(run_of(person).pk, by=person.actor)
    left = after

    def stop_in_time() -> None:
        nonlocal left
        if left == 0:
            verbs.cancel(run.pk, by=(by or person).actor)
        left -= 1

    with firm_context(person.firm.id):
        jobs.execute(person.firm.id, run.pk, checkpoint=stop_in_time)
    drain()  # the job that would have done it finds nothing to do
    return url


def everybody(person: Person) -> list[Any]:
    with firm_context(person.firm.id):
        return list(Contact.rows().filter(deleted_at=None))


@pytest.mark.usefixtures("small_chunks")
def test_a_stopped_import_goes_on_and_ends_as_if_nothing_had_been(alice: Person, bob: Person, charlie: Person) -> None:
    url = stopped(alice, after=2)
    run = run_of(alice)
    assert (run.status, run.created, run.rows_done) == ("cancelled", 2 * CHUNK, 2 * CHUNK)
    problem(Api(charlie).post(f"imports/{run.pk}/resume"), 404, "not_found")
    assert charlie.client().post(url.replace("alder", "birch") + "resume").status_code == 404
    assert "Go on with the rest" in alice.client().get(url).content.decode()
    answer = Api(bob).post(f"imports/{run.pk}/resume")
    assert (answer.status_code, answer.json()["status"]) == (202, "queued")
    problem(Api(alice).post(f"imports/{run.pk}/resume"), 409, "conflict")
    drain()
    run = run_of(alice)
    assert (run.status, run.created, run.rows_done, run.rows_total) == ("done", ROWS, ROWS, ROWS)
    assert len(everybody(alice)) == ROWS
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="contact.created").count() == ROWS
        assert Event.rows().get(type="import.resumed").actor_id == bob.membership.pk
    problem(Api(alice).post(f"imports/{run.pk}/resume"), 409, "conflict")


@pytest.mark.usefixtures("small_chunks")
def test_the_log_says_who_stopped_it_and_who_went_on(alice: Person, bob: Person) -> None:
    stopped(bob, after=2, by=alice)
    assert told(bob) == [("import.cancelled", alice.membership.pk)]
    with firm_context(bob.firm.id):
        verbs.resume(run_of(bob).pk, by=bob.actor)
    assert run_of(bob).cancelled_by_id is None
    drain()
    assert told(bob)[1:] == [("import.resumed", bob.membership.pk), ("import.finished", bob.membership.pk)]


def told(person: Person) -> list[tuple[str, Any]]:
    """Return what the log says of the import since it was started: what happened, and who did it."""
    with firm_context(person.firm.id):
        rows = Event.rows().filter(subject_id=run_of(person).pk, type__in=TOLD).order_by("id")
        return list(rows.values_list("type", "actor_id"))


@pytest.mark.usefixtures("small_chunks")
def test_what_came_before_and_after_the_stop_is_reverted_together(alice: Person) -> None:
    url = stopped(alice, after=3)
    assert alice.client().post(url + "resume").status_code in (204, 302)
    drain()
    with firm_context(alice.firm.id):
        verbs.revert(run_of(alice).pk, by=alice.actor)
    drain()
    assert run_of(alice).status == "reverted" and everybody(alice) == []


@pytest.mark.usefixtures("small_chunks")
def test_an_import_whose_job_failed_for_good_goes_on(alice: Person) -> None:
    stopped(alice, after=1)
    with firm_context(alice.firm.id):
        ImportRun.rows().update(status="running", cancelled_at=None)
        jobs.end(Unfinished(), run_id=run_of(alice).pk)
        assert run_of(alice).status == "failed"
        verbs.resume(run_of(alice).pk, by=alice.actor)
    assert run_of(alice).failure == ""
    drain()
    assert (run_of(alice).status, run_of(alice).created) == ("done", ROWS)


@pytest.mark.usefixtures("small_chunks")
def test_a_field_that_went_meanwhile_is_named_and_nothing_goes_on(alice: Person) -> None:
    stopped(alice, after=1)
    with firm_context(alice.firm.id):
        archive_field(CustomField.rows().get(label="Annual Budget").pk, by=alice.actor)
    problem(Api(alice).post(f"imports/{run_of(alice).pk}/resume"), 422, "invalid")
    assert (run_of(alice).status, run_of(alice).created) == ("cancelled", CHUNK)


@pytest.mark.usefixtures("small_chunks")
def test_what_was_partly_taken_back_does_not_go_on(alice: Person) -> None:
    url = stopped(alice, after=2)
    with firm_context(alice.firm.id):
        verbs.revert(run_of(alice).pk, by=alice.actor)
        jobs.end(Unfinished(), run_id=run_of(alice).pk)
    assert run_of(alice).status == "failed" and "Go on" not in alice.client().get(url).content.decode()
    problem(Api(alice).post(f"imports/{run_of(alice).pk}/resume"), 409, "conflict")


def test_one_that_was_stopped_before_it_wrote_anything_is_begun_anew(alice: Person) -> None:
    url = upload(alice, FILE)
    client = alice.client()
    client.post(url + "setup", posted(alice, url, go="start"))
    client.post(url + "cancel")
    drain()
    page = client.get(url).content.decode()
    assert "stopped before anything came in" in page and "by Alice Ash" in page
    problem(Api(alice).post(f"imports/{run_of(alice).pk}/resume"), 409, "conflict")


def test_one_that_is_told_to_stop_says_that_it_is_stopping(alice: Person) -> None:
    url = upload(alice, FILE)
    alice.client().post(url + "setup", posted(alice, url, go="start"))
    alice.client().post(url + "cancel")
    page = alice.client().get(url).content.decode()
    assert "Stopping after the rows under way." in page and url + "cancel" not in page


def test_a_stop_that_comes_too_late_is_said_to_have(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    write = engine.Engine._write_once

    def stop_meanwhile(self: engine.Engine, plan: Any) -> None:
        write(self, plan)
        with firm_context(alice.firm.id):
            verbs.cancel(self._run.pk, by=alice.actor)

    url = upload(alice, FILE)
    with firm_context(alice.firm.id):
        verbs.start(run_of(alice).pk, by=alice.actor)
    monkeypatch.setattr(engine.Engine, "_write_once", stop_meanwhile)
    drain()
    page = alice.client().get(url).content.decode()
    assert run_of(alice).status == ImportRun.Status.DONE
    assert "Stop came too late" in page and "Revert this import" in page
