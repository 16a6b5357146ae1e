"""Tasks put off, repeated, reminded of."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from fairlead.accounts.public import handover
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import completing, reminding
from fairlead.activities.actions.checklists import tick_step
from fairlead.activities.actions.comments import comment_on_task
from fairlead.activities.actions.task_templates import save_task_template
from fairlead.activities.actions.tasks import update_task
from fairlead.activities.handover import TASKS
from fairlead.activities.models import ChecklistItem, Task, TaskReminder
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

from .task_cast import NOON, doers, make, types

pytestmark = pytest.mark.django_db


def test_snoozing_moves_the_day_and_the_reminders(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-01", due_time="15:00", reminders=[60])
        with firm_context(alice.firm.id):
            later = completing.snooze_task(task.id, by=alice.actor, days=2)
            assert later.due_at == datetime(2027, 3, 3, 15, tzinfo=UTC)
            assert TaskReminder.rows().get().remind_at == datetime(2027, 3, 3, 14, tzinfo=UTC)
            until = completing.snooze_task(task.id, by=alice.actor, until=NOON + timedelta(hours=2))
            assert until.due_at == NOON + timedelta(hours=2)


@pytest.mark.parametrize("how", [{}, {"days": 0}, {"days": 1, "until": NOON}, {"until": NOON - timedelta(days=1)}])
def test_an_odd_snooze_is_refused(alice: Person, how: dict[str, object]) -> None:
    task = make(alice)
    with firm_context(alice.firm.id), clock.frozen(NOON), pytest.raises(InvalidInput):
        completing.snooze_task(task.id, by=alice.actor, **how)  # type: ignore[arg-type]


def test_the_next_of_a_series_is_made_once_on_completion(alice: Person, bob: Person, lady: Contact) -> None:
    with clock.frozen(NOON):
        task = make(
            alice, due_on="2027-03-01", rrule="FREQ=WEEKLY", reminders=[10], checklist=["One"],
            assignees=[bob.membership.id], about=[("contact", lady.id)],
        )  # fmt: skip
        with firm_context(alice.firm.id):
            completing.complete_task(task.id, by=bob.actor)
            following = Task.rows().get(series=task.pk, series_number=2)
            assert (following.due_on, doers(following)) == (date(2027, 3, 8), [bob.membership.id])
            assert ChecklistItem.rows().filter(task=following).count() == 1
            assert TaskReminder.rows().filter(task=following).count() == 1
            assert following.links.count() == 1
            assert completing.make_next(task, by=alice.actor) is None


def test_reopening_takes_an_untouched_follower_back(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=DAILY")
        completing.complete_task(task.id, by=alice.actor)
        completing.reopen_task(task.id, by=alice.actor)
        assert not Task.rows().filter(series_number=2).exists()
        completing.complete_task(task.id, by=alice.actor)
        assert Task.rows().filter(series_number=2).count() == 1


@pytest.mark.parametrize("touch", ["comment", "tick"])
def test_reopening_leaves_a_follower_that_somebody_works_on(alice: Person, bob: Person, touch: str) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=DAILY", checklist=["One"])
        completing.complete_task(task.id, by=alice.actor)
        following = Task.rows().get(series_number=2)
        if touch == "comment":
            comment_on_task(following.id, "<p>On it</p>", by=bob.actor)
        else:
            tick_step(ChecklistItem.rows().get(task=following).id, by=bob.actor)
        completing.reopen_task(task.id, by=alice.actor)
        assert Task.rows().filter(pk=following.id).exists()


def test_completion_late_counts_from_the_day_it_was_done(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=DAILY;INTERVAL=3")
    with clock.frozen(NOON + timedelta(days=10)), firm_context(alice.firm.id):
        completing.complete_task(task.id, by=alice.actor)
        assert Task.rows().get(series_number=2).due_on == date(2027, 3, 14)


def test_done_early_a_task_of_every_monday_is_next_due_a_week_later(alice: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):  # 1 March 2027 is a Monday
        task = make(alice, due_on="2027-03-08", rrule="FREQ=WEEKLY;BYDAY=MO")
        completing.complete_task(task.id, by=alice.actor)
        assert Task.rows().get(series_number=2).due_on == date(2027, 3, 15)


def test_a_series_whose_task_is_done_passes_on_with_the_rest(alice: Person, bob: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        task = make(alice, due_on="2027-03-05", rrule="FREQ=WEEKLY", repeat="schedule", assignees=[bob.membership.id])
        values = {"name": "Review", "title": "Review", "assignees": [bob.membership.id, alice.membership.id]}
        template = save_task_template(values, by=alice.actor)
        completing.complete_task(task.id, by=bob.actor)
        handover.pass_on_all(TASKS, bob.membership.id, alice.membership.id, by=alice.actor)
        assert save_task_template({"title": "Check"}, by=alice.actor, template_id=template.pk).assignees == [
            str(alice.membership.id)
        ]
    with clock.frozen(NOON + timedelta(days=5)):
        reminding.note_overdue(alice.firm.id)
    with firm_context(alice.firm.id):
        following = Task.rows().get(series_number=2)
        assert (following.owner_id, doers(following)) == (alice.membership.id, [alice.membership.id])


def test_a_series_by_schedule_goes_on_though_nothing_is_done(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=WEEKLY;COUNT=2", repeat="schedule")
    with clock.frozen(NOON + timedelta(days=1)):
        assert reminding.note_overdue(alice.firm.id) == 1
        assert reminding.note_overdue(alice.firm.id) == 0
    with firm_context(alice.firm.id):
        following = Task.rows().get(series=task.pk, series_number=2)
        assert following.due_on == date(2027, 3, 8) and types(task)[-1] == "overdue"
    with clock.frozen(NOON + timedelta(days=9)):
        reminding.note_overdue(alice.firm.id)
    with firm_context(alice.firm.id):
        assert Task.rows().count() == 2  # COUNT=2


def test_a_series_needs_a_date(alice: Person) -> None:
    with pytest.raises(InvalidInput, match="due date"):
        make(alice, rrule="FREQ=DAILY")


def test_reminders_are_sent_once_and_again_only_when_due_later(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-01", due_time="13:00", reminders=[0, 60])
        assert reminding.remind(alice.firm.id) == 1
        assert reminding.remind(alice.firm.id) == 0
    with firm_context(alice.firm.id):
        assert types(task).count("reminded") == 1
        update_task(task.id, {"due_time": "12:30"}, by=alice.actor)
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert reminding.remind(alice.firm.id) == 0  # earlier than it was: sent is sent
        with firm_context(alice.firm.id):
            update_task(task.id, {"due_on": "2027-03-02"}, by=alice.actor)
    with clock.frozen(NOON + timedelta(days=1)):
        assert reminding.remind(alice.firm.id) == 1


def test_nobody_is_reminded_of_what_is_done_or_long_past(alice: Person) -> None:
    with clock.frozen(NOON):
        done = make(alice, due_on="2027-03-01", due_time="12:00", reminders=[0])
        with firm_context(alice.firm.id):
            completing.complete_task(done.id, by=alice.actor)
        make(alice, due_on="2027-01-01", reminders=[0])
        assert reminding.remind(alice.firm.id) == 2
    with firm_context(alice.firm.id):
        assert not Event.rows().filter(type="task.reminded").exists()


def test_a_crash_between_mark_and_event_loses_both(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.frozen(NOON):
        make(alice, due_on="2027-03-01", due_time="12:00", reminders=[0])

        def crash(*_: object, **__: object) -> None:
            raise SystemExit

        with monkeypatch.context() as broken:
            broken.setattr(reminding, "record_many", crash)
            with pytest.raises(SystemExit):
                reminding.remind(alice.firm.id)
        assert reminding.remind(alice.firm.id) == 1
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="task.reminded").count() == 1


def test_other_reminders_alone_are_a_change_that_is_told(alice: Person, charlie: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        task = make(alice, due_on="2027-03-02", reminders=[60], about=[("contact", ada.pk)])
        changed = update_task(task.pk, {"reminders": [60, 10]}, by=alice.actor)
        assert changed.version == task.version + 1
        told = Event.rows().get(type="task.updated")
        assert (told.data["fields"], told.data["changes"]) == ("reminders", {"reminder_minutes": [[60], [10, 60]]})
        assert (told.contact_id, told.actor_id) == (ada.pk, alice.membership.pk)
        update_task(task.pk, {"reminders": [10, 60, 60]}, by=alice.actor)
        with pytest.raises(InvalidInput):
            update_task(task.pk, {"reminders": [-1]}, by=alice.actor)
        assert Event.rows().filter(type="task.updated").count() == 1
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        update_task(task.pk, {"reminders": [5]}, by=charlie.actor)
    with clock.frozen(NOON):
        audit = unescape(alice.page("settings/audit/"))
    assert "changed reminders of the task" in audit
