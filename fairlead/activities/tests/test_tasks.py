"""Tasks: made, assigned, completed, blocked; their steps, their bin, their templates."""

from datetime import UTC, date, datetime, time

import pytest

from fairlead.accounts.models import User
from fairlead.accounts.tests.cast import Person
from fairlead.activities import task_reads
from fairlead.activities.actions import checklists, completing, task_templates, tasks
from fairlead.activities.actions.tasks import update_task
from fairlead.activities.models import ChecklistItem, Task
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput, NotFound, StaleVersion
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

from .task_cast import NOON, doers, make, types

pytestmark = pytest.mark.django_db


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


def test_due_times_are_kept_as_typed(alice: Person) -> None:
    assert make(alice, due_on="2027-03-01", due_time="08:05").due_time == time(8, 5)
