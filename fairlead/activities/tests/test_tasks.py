"""Tasks: made, assigned, completed, put off, blocked, repeated, reminded."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from fairlead.accounts.models import User
from fairlead.accounts.tests.cast import Person
from fairlead.activities import access, task_reads
from fairlead.activities.actions import checklists, completing, reminding, task_templates, tasks
from fairlead.activities.actions.tasks import create_task, update_task
from fairlead.activities.handover import hand_over_tasks
from fairlead.activities.models import ChecklistItem, Task, TaskAssignment, TaskReminder
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people.models import Contact
from fairlead.tenancy.public import Firm, Visibility, firm_context

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)  # a Monday


def make(person: Person, **values: object) -> Task:
    with firm_context(person.firm.id):
        return create_task({"title": "Call back", **values}, by=person.actor)


def doers(task: Task) -> list[object]:
    return list(
        TaskAssignment.rows().filter(task=task).order_by("created_at", "id").values_list("member_id", flat=True)
    )


def types(task: Task) -> list[str]:
    rows = Event.rows().filter(subject_noun="task", subject_id=task.pk).order_by("id")
    return [name.removeprefix("task.") for name in rows.values_list("type", flat=True)]


def test_a_task_is_its_makers_own_unless_somebody_is_named(alice: Person, bob: Person) -> None:
    own, given = make(alice), make(alice, assignees=[bob.membership.id])
    with firm_context(alice.firm.id):
        assert (own.owner_id, doers(own)) == (alice.membership.id, [alice.membership.id])
        assert (given.owner_id, given.assigned_by_id) == (bob.membership.id, alice.membership.id)
        assert types(given) == ["created", "assigned"]


def test_a_task_needs_a_title(alice: Person) -> None:
    with pytest.raises(InvalidInput, match="Title is required"):
        make(alice, title="  ")


def test_a_description_is_cleaned(alice: Person) -> None:
    task = make(alice, description="<p>Do <b>it</b><script>x()</script></p>")
    assert (task.text, "script" in task.description) == ("Do it", False)


def test_a_stranger_cannot_be_assigned(alice: Person, charlie: Person) -> None:
    with pytest.raises(InvalidInput, match="Nobody active"):
        make(alice, assignees=[charlie.membership.id])


def test_a_task_cannot_be_about_another_firms_record(charlie: Person, lady: Contact) -> None:
    with pytest.raises(NotFound):
        make(charlie, about=[("contact", lady.id)])


def test_a_day_ends_on_the_clock_of_who_answers_for_it(alice: Person) -> None:
    User.objects.filter(pk=alice.user.pk).update(time_zone="America/New_York")
    task = make(alice, due_on="2027-03-01")
    assert (task.zone, task.due_at) == ("America/New_York", datetime(2027, 3, 2, 4, 59, 59, tzinfo=UTC))
    assert make(alice, due_on="2027-03-01", due_time="09:30").due_at == datetime(2027, 3, 1, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["25:00", "soon", "9"])
def test_an_odd_time_is_refused(alice: Person, value: str) -> None:
    with pytest.raises(InvalidInput, match="14:30"):
        make(alice, due_on="2027-03-01", due_time=value)


def test_a_change_is_told_and_versions_are_kept(alice: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        changed = update_task(task.id, {"title": "Write", "priority": "1_urgent"}, by=alice.actor, version=1)
        assert (changed.version, changed.sort_key) == (2, "write")
        event = Event.rows().get(type="task.updated")
        assert event.data["changes"]["title"] == ["Call back", "Write"]
        with pytest.raises(StaleVersion):
            update_task(task.id, {"title": "x"}, by=alice.actor, version=1)


def test_reassigning_relieves_who_had_it(alice: Person, bob: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        tasks.assign_task(task.id, [bob.membership.id], by=alice.actor)
        assert doers(task) == [bob.membership.id]
        assert types(task)[2:] == ["assigned", "unassigned"]
        tasks.assign_task(task.id, [bob.membership.id], by=alice.actor)
        assert len(types(task)) == 4  # nothing changed, nothing told


def test_several_do_it_and_the_first_answers(alice: Person, bob: Person) -> None:
    task = make(alice, assignees=[bob.membership.id, alice.membership.id])
    with firm_context(alice.firm.id):
        assert task.owner_id == bob.membership.id and len(doers(task)) == 2
        mine = task_reads.open_tasks(alice.actor, member=alice.membership.id)
        assert [t.pk for t in mine] == [task.pk]


def test_the_list_engine_reassigns_through_owner(alice: Person, bob: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        update_task(task.id, {"owner": str(bob.membership.id)}, by=alice.actor)
        assert doers(task) == [bob.membership.id]


def test_completing_says_who_and_when_and_happens_once(alice: Person, bob: Person) -> None:
    task = make(alice, assignees=[bob.membership.id])
    with firm_context(alice.firm.id), clock.frozen(NOON):
        done = completing.complete_task(task.id, by=bob.actor)
        assert (done.completed_by_id, done.completed_at, done.status) == (bob.membership.id, NOON, "done")
        assert completing.complete_task(task.id, by=alice.actor).completed_by_id == bob.membership.id
        assert types(task).count("completed") == 1


def test_a_completed_task_can_be_reopened(alice: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        completing.complete_task(task.id, by=alice.actor)
        again = completing.reopen_task(task.id, by=alice.actor)
        assert (again.completed_at, again.completed_by_id, again.status) == (None, None, "open")


def test_the_status_done_is_a_completion(alice: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        assert update_task(task.id, {"status": "done"}, by=alice.actor).completed_by_id == alice.membership.id
        assert update_task(task.id, {"status": "waiting"}, by=alice.actor).completed_at is None


def test_a_blocked_task_waits_unless_forced(alice: Person) -> None:
    first = make(alice, title="Collect")
    second = make(alice, title="Send", blockers=[first.id])
    with firm_context(alice.firm.id):
        with pytest.raises(completing.Blocked, match="“Collect”"):
            completing.complete_task(second.id, by=alice.actor)
        assert completing.complete_task(second.id, by=alice.actor, force=True).is_done
        assert Event.rows().get(type="task.completed").data["forced"] == "yes"


def test_a_blocker_that_is_done_or_gone_blocks_no_more(alice: Person) -> None:
    one, two = make(alice), make(alice)
    last = make(alice, blockers=[one.id, two.id])
    with firm_context(alice.firm.id):
        completing.complete_task(one.id, by=alice.actor)
        tasks.delete_tasks([two.id], by=alice.actor)
        assert completing.complete_task(last.id, by=alice.actor).is_done


def test_tasks_never_wait_for_each_other_in_a_circle(alice: Person) -> None:
    a = make(alice)
    b = make(alice, blockers=[a.id])
    c = make(alice, blockers=[b.id])
    with firm_context(alice.firm.id):
        for blocker in (c, a):
            with pytest.raises(InvalidInput, match="circle"):
                update_task(a.id, {"blockers": [blocker.id]}, by=alice.actor)


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


def test_completion_late_counts_from_the_day_it_was_done(alice: Person) -> None:
    with clock.frozen(NOON):
        task = make(alice, due_on="2027-03-01", rrule="FREQ=DAILY;INTERVAL=3")
    with clock.frozen(NOON + timedelta(days=10)), firm_context(alice.firm.id):
        completing.complete_task(task.id, by=alice.actor)
        assert Task.rows().get(series_number=2).due_on == date(2027, 3, 14)


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


def test_steps_are_ticked_by_whom_and_when(alice: Person, bob: Person) -> None:
    task = make(alice, checklist=["Read", " ", "Write"])
    with firm_context(alice.firm.id):
        read, write = ChecklistItem.rows().filter(task=task).order_by("position")
        assert checklists.tick_step(read.id, by=bob.actor).ticked_by_id == bob.membership.id
        assert checklists.tick_step(read.id, by=bob.actor, ticked=False).ticked_at is None
        checklists.remove_step(write.id, by=alice.actor)
        assert checklists.add_step(task.id, "Send", by=alice.actor).position == 1
        with pytest.raises(InvalidInput):
            checklists.add_step(task.id, " ", by=alice.actor)


def test_deleted_tasks_come_back_and_purged_ones_do_not(alice: Person) -> None:
    task = make(alice)
    with firm_context(alice.firm.id):
        assert tasks.delete_tasks([task.id], by=alice.actor) == 1
        assert tasks.restore_tasks([task.id], by=alice.actor) == 1
        tasks.delete_tasks([task.id], by=alice.actor)
        assert tasks.purge_tasks([task.id], by=alice.actor) == 1
        assert not Task.rows().exists()


def test_templates_make_tasks(alice: Person, bob: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id), clock.frozen(NOON):
        values = {"name": "Review", "title": "Prepare", "due_in_days": 3, "remind_minutes": 60, "checklist": ["Read"],
                  "assignees": [bob.membership.id], "rrule": "FREQ=MONTHLY"}  # fmt: skip
        template = task_templates.save_task_template(values, by=alice.actor)
        task = task_templates.use_task_template(template.id, by=alice.actor, about=[("contact", lady.id)])
        assert (task.title, task.due_on, task.owner_id) == ("Prepare", date(2027, 3, 4), bob.membership.id)
        with pytest.raises(InvalidInput, match="already"):
            task_templates.save_task_template({"name": "REVIEW", "title": "x"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="due date"):
            task_templates.save_task_template({"name": "X", "title": "x", "rrule": "FREQ=DAILY"}, by=alice.actor)


def test_buckets_follow_the_members_own_clock(alice: Person) -> None:
    from zoneinfo import ZoneInfo

    with clock.frozen(NOON):
        for due in ("2027-02-27", "2027-03-01", "2027-03-02", "2027-03-05", "2027-04-01", None):
            make(alice, title=str(due), due_on=due)
        with firm_context(alice.firm.id):
            rows = task_reads.open_tasks(alice.actor)
            found = task_reads.buckets(alice.actor, rows, ZoneInfo("UTC"))
            assert [b.key for b in found] == ["overdue", "today", "tomorrow", "week", "later", "none"]
            assert task_reads.counts(alice.actor, rows, ZoneInfo("UTC")) == {"overdue": 1, "today": 1, "open": 6}


def test_the_next_task_of_records_is_the_one_due_first(alice: Person, charlie: Person, lady: Contact) -> None:
    about = [("contact", lady.id)]
    make(alice, title="Later", due_on="2027-03-09", about=about)
    first = make(alice, title="First", due_on="2027-03-02", about=about)
    make(alice, title="Undated", about=about)
    with firm_context(alice.firm.id):
        found = task_reads.next_task_of("contact", [lady.id, uuid4()], alice.actor)
        assert {pk: t.title for pk, t in found.items()} == {lady.id: "First"} and found[lady.id].assignee == "Alice Ash"
        completing.complete_task(first.id, by=alice.actor)
        assert task_reads.next_task_of("contact", [lady.id], alice.actor)[lady.id].title == "Later"
    with firm_context(charlie.firm.id):
        assert task_reads.next_task_of("contact", [lady.id], charlie.actor) == {}


def test_who_sees_only_their_own_sees_what_they_do_or_gave(alice: Person, bob: Person) -> None:
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=Visibility.OWNER)
    alice.firm.refresh_from_db(), bob.firm.refresh_from_db()
    make(alice, title="Hers")
    make(alice, title="For Bob", assignees=[bob.membership.id])
    make(bob, title="From Bob", assignees=[alice.membership.id])
    with firm_context(alice.firm.id):
        assert {t.title for t in access.tasks(bob.actor)} == {"For Bob", "From Bob"}


def test_a_reader_changes_nothing(alice: Person) -> None:
    task = make(alice)
    from dataclasses import replace

    reader = replace(alice.actor, permissions=frozenset({"tasks.view", "notes.view"}))
    with firm_context(alice.firm.id):
        for verb in (
            lambda: create_task({"title": "x"}, by=reader), lambda: update_task(task.id, {"title": "x"}, by=reader),
            lambda: completing.complete_task(task.id, by=reader), lambda: tasks.delete_tasks([task.id], by=reader),
            lambda: tasks.assign_task(task.id, [], by=reader),
            lambda: completing.snooze_task(task.id, by=reader, days=1),
        ):  # fmt: skip
            with pytest.raises(Forbidden):
                verb()


def test_charlie_reaches_no_task_of_alices(alice: Person, charlie: Person) -> None:
    task = make(alice)
    with firm_context(charlie.firm.id):
        for verb in (
            lambda: access.task(charlie.actor, task.id), lambda: update_task(task.id, {"title": "x"}, by=charlie.actor),
            lambda: completing.complete_task(task.id, by=charlie.actor),
            lambda: completing.snooze_task(task.id, by=charlie.actor, days=1),
            lambda: create_task({"title": "x", "blockers": [task.id]}, by=charlie.actor),
        ):  # fmt: skip
            with pytest.raises(NotFound):
                verb()


def test_a_leavers_tasks_pass_on(alice: Person, bob: Person) -> None:
    task = make(alice, assignees=[bob.membership.id])
    with firm_context(alice.firm.id):
        assert hand_over_tasks(bob.membership.id, alice.membership.id, by=alice.actor) == 1
        assert doers(task) == [alice.membership.id] and Task.rows().get().owner_id == alice.membership.id


def test_due_times_are_kept_as_typed(alice: Person) -> None:
    assert make(alice, due_on="2027-03-01", due_time="08:05").due_time == time(8, 5)
