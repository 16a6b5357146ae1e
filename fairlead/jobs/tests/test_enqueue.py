"""Jobs are enqueued in the caller's transaction and run with firm, actor and typed arguments."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from fairlead.accounts.tests.cast import Person
from fairlead.jobs import registry
from fairlead.jobs.models import JobStep
from fairlead.jobs.public import current_run, enqueue, enqueue_many, job, step
from fairlead.jobs.registry import UnknownJob
from fairlead.jobs.schedule import schedule
from fairlead.jobs.testing import drain
from fairlead.tenancy.public import current_firm, firm_context

pytestmark = pytest.mark.django_db
ran: list[dict[str, Any]] = []


@job("tests.note")
def note(*, firm_id: UUID, contact_id: UUID | None = None, word: str = "") -> None:
    ran.append({"firm": firm_id, "contact": contact_id, "word": word, "run": current_run(), "context": current_firm()})


@job("tests.twice")
def twice(*, firm_id: UUID) -> None:
    for name in ("one", "one", "two"):
        with step(name) as todo:
            if todo:
                ran.append({"step": name, "firm": current_firm()})


@pytest.fixture(autouse=True)
def _clean() -> None:
    ran.clear()


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


def test_a_job_runs_for_its_firm_with_its_actor_and_no_firm_in_context(alice: Person) -> None:
    contact = uuid4()
    enqueue(note, firm_id=alice.firm.id, by=alice.actor, contact_id=contact, word="hello")
    assert drain() == 1
    [seen] = ran
    assert (seen["firm"], seen["contact"], seen["word"], seen["context"]) == (alice.firm.id, contact, "hello", None)
    assert seen["run"].actor_id == alice.membership.id
    assert waiting() == 0


def test_a_rollback_leaves_nothing(alice: Person) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue(note, firm_id=alice.firm.id)
        raise RuntimeError
    assert waiting() == 0


def test_an_actor_cannot_enqueue_for_another_firm(alice: Person, charlie: Person) -> None:
    with pytest.raises(ValueError, match="another firm"):
        enqueue(note, firm_id=alice.firm.id, by=charlie.actor)


def test_a_unique_job_waits_once_a_firm(alice: Person, charlie: Person) -> None:
    assert enqueue(note, firm_id=alice.firm.id, unique="x")
    with firm_context(alice.firm.id):
        assert enqueue(note, firm_id=alice.firm.id, unique="x") is None
        assert JobStep.rows().count() == 0, "the transaction is still usable"
    assert enqueue(note, firm_id=charlie.firm.id, unique="x")
    assert drain() == 2


def test_a_step_is_done_once(alice: Person) -> None:
    enqueue(twice, firm_id=alice.firm.id)
    drain()
    assert [r["step"] for r in ran] == ["one", "two"]
    assert {r["firm"] for r in ran} == {alice.firm.id}


def test_firms_take_turns(alice: Person, charlie: Person) -> None:
    enqueue_many(note, ({"word": f"a{n}"} for n in range(5)), firm_id=alice.firm.id)
    enqueue_many(note, ({"word": f"c{n}"} for n in range(2)), firm_id=charlie.firm.id)
    enqueue(note, firm_id=charlie.firm.id, word="c2")
    drain()
    assert [r["word"] for r in ran] == ["a0", "c0", "a1", "c1", "a2", "c2", "a3", "a4"]


def test_a_name_is_taken_once_and_must_be_known() -> None:
    with pytest.raises(ValueError, match="twice"):
        job("tests.note")(imposter)
    with pytest.raises(ValueError, match="firm_id"):
        job("tests.bad")(lambda: None)
    with pytest.raises(UnknownJob):
        registry.get("tests.nothing")


def imposter(*, firm_id: UUID | None = None) -> None:
    """Only a second function to register."""


def test_every_line_of_the_schedule_names_a_job_of_its_kind() -> None:
    assert schedule()
