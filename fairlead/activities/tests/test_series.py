"""One of a series is left out, and people hear what comes next."""

from datetime import date, timedelta
from html import unescape

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import completing, reminding
from fairlead.activities.actions.checklists import add_step
from fairlead.activities.actions.tasks import update_task
from fairlead.activities.models import Task
from fairlead.activities.tests.task_cast import NOON, make, types
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import FieldValue, nouns
from fairlead.search.indexing import follow
from fairlead.search.public import find
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def skip(person: Person, task: Task) -> Task:
    with firm_context(person.firm.id):
        return completing.skip_task(task.pk, by=person.actor)


@pytest.mark.parametrize("repeat", ["completion", "schedule"])
def test_a_skipped_task_is_the_next_one(alice: Person, repeat: str) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-05", rrule="FREQ=WEEKLY", repeat=repeat, reminders=[60])
        skipped = skip(alice, task)
        assert (skipped.due_on, skipped.series_number, skipped.is_done) == (date(2027, 3, 12), 2, False)
        assert skip(alice, task).due_on == date(2027, 3, 19)
        with firm_context(alice.firm.id):
            assert types(task)[-1] == "skipped" and Task.rows().count() == 1


def test_a_skipped_task_that_was_late_is_due_in_the_future(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=WEEKLY")
    with clock.frozen(NOON + timedelta(days=10)):
        assert skip(alice, task).due_on == date(2027, 3, 15)


def test_what_is_done_days_before_is_not_due_again_before_it_was(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        early = make(alice, due_on="2027-03-05", rrule="FREQ=DAILY")
        completing.complete_task(early.pk, by=alice.actor)
        assert Task.rows().get(series_number=2).due_on == date(2027, 3, 6)


def test_what_cannot_be_skipped_says_why(alice: Person, charlie: Person) -> None:
    with clock.frozen(NOON):
        once = make(alice, due_on="2027-03-05")
        last = make(alice, due_on="2027-03-05", rrule="FREQ=DAILY;COUNT=1")
        followed = make(alice, due_on="2027-03-01", rrule="FREQ=WEEKLY", repeat="schedule")
    with clock.frozen(NOON + timedelta(days=1)):
        reminding.note_overdue(alice.firm.id)
        for task, why in ((once, "does not repeat"), (last, "the last one"), (followed, "is there already")):
            with pytest.raises(Conflict, match=why):
                skip(alice, task)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        completing.skip_task(last.pk, by=charlie.actor)


def test_pages_say_what_comes_next_and_what_ends(alice: Person) -> None:
    client = alice.client()
    task = make(alice, title="Books", due_on="2099-03-02", rrule="FREQ=DAILY;COUNT=3")
    where = alice.url(f"tasks/{task.pk}")

    def told(verb: str, pk: object = task.pk) -> str:
        return unescape(client.post(alice.url(f"tasks/{pk}/{verb}"), follow=True).content.decode())

    assert "Skip this one" in client.get(f"{where}/").content.decode()
    assert "no more of this series come" in client.get(f"{where}/delete").content.decode()
    assert "Skipped: “Books” is due on Tuesday, 3 March 2099." in told("skip")
    assert "“Books” is done. The next one is due on" in told("complete")
    with firm_context(alice.firm.id):
        last = Task.rows().get(series_number=3)
    assert "“Books” is done. It was the last one." in told("complete", last.pk)


def test_the_api_skips(alice: Person, charlie: Person) -> None:
    task = make(alice, due_on="2099-03-02", rrule="FREQ=DAILY")
    assert Api(alice).post(f"tasks/{task.pk}/skips").json()["due_on"] == "2099-03-03"
    problem(Api(alice).post(f"tasks/{make(alice).pk}/skips"), 409, "conflict")
    problem(Api(charlie).post(f"tasks/{task.pk}/skips"), 404, "not_found")


def test_the_next_one_is_found_by_the_firms_own_fields(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        for label, unique in (("Matter", False), ("Number", True)):
            create_field(nouns.get("task"), {"label": label, "kind": "text", "is_unique": unique}, by=alice.actor)
        own = {"custom.matter": "M-7", "custom.number": "1"}
        task = make(alice, due_on="2027-03-01", rrule="FREQ=WEEKLY", **own)
        completing.complete_task(task.pk, by=alice.actor)
        following = Task.rows().get(series_number=2)
        assert following.custom == {"matter": "M-7"}  # no two tasks have one number
        assert FieldValue.rows().filter(record_id=following.pk).count() == 1
        completing.reopen_task(task.pk, by=alice.actor)
        assert not FieldValue.rows().filter(record_id=following.pk).exists()


def test_what_was_taken_back_is_found_no_more(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        task = make(alice, title="Pergola", due_on="2027-03-01", rrule="FREQ=WEEKLY")
        completing.complete_task(task.pk, by=alice.actor)
        follow(list(Event.rows().order_by("id")))
        assert len(find("pergola", by=alice.actor)) == 2
        completing.reopen_task(task.pk, by=alice.actor)
        follow(list(Event.rows().order_by("id")))
        assert [hit.record_id for hit in find("pergola", by=alice.actor)] == [task.pk]


def test_a_next_one_with_a_step_more_is_not_taken_back(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=WEEKLY")
        completing.complete_task(task.pk, by=alice.actor)
        following = Task.rows().get(series_number=2)
        add_step(following.pk, "Take the keys along", by=alice.actor)
        completing.reopen_task(task.pk, by=alice.actor)
        assert Task.rows().filter(pk=following.pk).exists()


def test_a_series_that_was_begun_in_a_wrong_year_goes_on(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        task = make(alice, due_on="3027-03-01", rrule="FREQ=WEEKLY")
        update_task(task.pk, {"due_on": "2027-03-01"}, by=alice.actor)
        completing.complete_task(task.pk, by=alice.actor)
        assert Task.rows().filter(series=task.pk).count() == 2
        last = make(alice, due_on="9999-12-30", rrule="FREQ=WEEKLY;BYDAY=TH", repeat="schedule")
        assert completing.make_next(last, by=alice.actor) is None
