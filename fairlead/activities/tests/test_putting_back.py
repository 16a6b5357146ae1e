"""A task that was put off or skipped is put back, by whoever may change it and as long as nobody else has."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import completing, reminding
from fairlead.activities.actions.putting_back import put_back
from fairlead.activities.actions.tasks import update_task
from fairlead.activities.models import Task, TaskReminder
from fairlead.activities.tests.task_cast import NOON, make, types
from fairlead.api.tests.client import Api, problem
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
HOW: list[dict[str, Any]] = [{"days": 3}, {"until": NOON + timedelta(hours=2)}]


@pytest.mark.parametrize("how", HOW)
def test_a_task_is_due_when_it_was_before_it_was_put_off(alice: Person, charlie: Person, how: dict[str, Any]) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-02", due_time="15:00", reminders=[60])
        with firm_context(charlie.firm.id), pytest.raises(NotFound):
            put_back(task.pk, by=charlie.actor)
        with firm_context(alice.firm.id):
            completing.snooze_task(task.pk, by=alice.actor, **how)
            back = put_back(task.pk, by=alice.actor)
            assert (back.due_at, back.version) == (datetime(2027, 3, 2, 15, tzinfo=UTC), 3)
            assert TaskReminder.rows().get().remind_at == datetime(2027, 3, 2, 14, tzinfo=UTC)
            assert types(task)[-1] == "put_back"
            with pytest.raises(Conflict):
                put_back(task.pk, by=alice.actor)


def test_a_task_without_a_day_has_none_again(alice: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        completing.snooze_task(task.pk, by=alice.actor, days=1)
        back = put_back(task.pk, by=alice.actor)
        assert (back.due_on, back.due_at) == (None, None)


def test_what_somebody_changed_since_stays(alice: Person, bob: Person) -> None:
    task = make(alice, due_on="2099-03-01")
    with firm_context(alice.firm.id):
        with pytest.raises(Conflict, match="was not put off"):
            put_back(task.pk, by=alice.actor)
        completing.snooze_task(task.pk, by=alice.actor, days=1)
        update_task(task.pk, {"title": "Other"}, by=bob.actor)
        with pytest.raises(Conflict, match="changed it since"):
            put_back(task.pk, by=alice.actor)


def test_one_that_was_skipped_is_there_again_unless_the_next_one_is_too(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-05", rrule="FREQ=WEEKLY", repeat="schedule")
        with firm_context(alice.firm.id):
            completing.skip_task(task.pk, by=alice.actor)
            back = put_back(task.pk, by=alice.actor)
            assert (back.due_on, back.series_number) == (date(2027, 3, 5), 1)
            completing.skip_task(task.pk, by=alice.actor)
    with clock.frozen(NOON + timedelta(days=20)):
        reminding.note_overdue(alice.firm.id)
        with firm_context(alice.firm.id), pytest.raises(Conflict):
            put_back(task.pk, by=alice.actor)


def test_pages_offer_undo_and_the_api_has_it(alice: Person, charlie: Person) -> None:
    task = make(alice, title="Books", due_on="2099-03-02", rrule="FREQ=DAILY")
    client, api, path = alice.client(), Api(alice), f"tasks/{task.pk}/put-back"
    assert charlie.client().post(charlie.url(path), headers=HX).status_code == 404
    for verb in ("skip", "snooze"):
        told = client.post(alice.url(f"tasks/{task.pk}/{verb}"), headers=HX).headers["Fairlead-Effects"]
        assert alice.url(path) in told
        said = client.post(alice.url(path), headers=HX).headers["Fairlead-Effects"]
        assert "is due on Monday, 2 March 2099 again" in said
    assert client.post(alice.url(path), headers=HX).status_code == 409
    assert api.post(f"tasks/{task.pk}/snoozes", {"days": 2}).status_code == 200
    assert Api(charlie).post(f"tasks/{task.pk}/put-backs", {}).status_code == 404
    assert api.post(f"tasks/{task.pk}/put-backs", {}).json()["due_on"] == "2099-03-02"
    problem(api.post(f"tasks/{task.pk}/put-backs", {}), 409, "conflict")
    with firm_context(alice.firm.id):
        assert Task.rows().get().series_number == 1
