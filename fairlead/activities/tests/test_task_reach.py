"""Who sees which tasks, in which order, and who may touch them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import RequestFactory

from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.actions.profile import update_profile
from fairlead.accounts.models import User
from fairlead.accounts.public import handover
from fairlead.accounts.tests.cast import Person
from fairlead.activities import access, task_reads
from fairlead.activities.actions import completing, tasks
from fairlead.activities.actions.putting_back import put_back
from fairlead.activities.actions.tasks import create_task, update_task
from fairlead.activities.handover import TASKS
from fairlead.activities.jobs import follow_zones
from fairlead.activities.models import Task, TaskReminder
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, NotFound
from fairlead.people.models import Contact
from fairlead.tenancy.public import Firm, Visibility, firm_context

from .task_cast import NOON, doers, make

pytestmark = pytest.mark.django_db


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
        assert {pk: t.title for pk, t in found.items()} == {lady.id: "First"}
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
            lambda: completing.snooze_task(task.id, by=reader, days=1), lambda: put_back(task.id, by=reader),
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
        assert handover.pass_on_all(TASKS, bob.membership.id, alice.membership.id, by=alice.actor) == 1
        assert doers(task) == [alice.membership.id] and Task.rows().get().owner_id == alice.membership.id


def test_whoever_answers_for_a_task_stands_first(alice: Person, bob: Person) -> None:
    members = [alice.membership.id, bob.membership.id]
    task = make(alice, assignees=members)
    with firm_context(alice.firm.id):
        tasks.assign_task(task.id, members[::-1], by=alice.actor)
        assert task_reads.doers([task.id]) == {task.id: members[::-1]}
        (line,) = task_reads.shown(alice.actor, Task.rows().filter(pk=task.id))
        assert [m.pk for m in line.members] == members[::-1]


def test_a_day_ends_on_the_clock_of_who_answers_for_it_now(alice: Person, bob: Person) -> None:
    User.objects.filter(pk=alice.user.pk).update(time_zone="Asia/Tokyo")
    User.objects.filter(pk=bob.user.pk).update(time_zone="America/New_York")
    with clock.frozen(NOON), firm_context(alice.firm.id):
        whole, timed = (
            make(alice, due_on="2027-03-03", reminders=[60]),
            make(alice, due_on="2027-03-03", due_time="09:00"),
        )
        left = make(alice, due_on="2027-03-03")
        at = timed.due_at
        for task in (whole, timed):
            tasks.assign_task(task.pk, [bob.membership.id], by=alice.actor)
        handover.pass_on_all(TASKS, alice.membership.id, bob.membership.id, by=alice.actor)
        for task in (whole, timed, left):
            task.refresh_from_db()
        assert whole.due_at == left.due_at == datetime(2027, 3, 4, 4, 59, 59, tzinfo=UTC)
        assert TaskReminder.rows().get(task=whole).remind_at == datetime(2027, 3, 4, 3, 59, 59, tzinfo=UTC)
        assert timed.due_at == at  # who said nine o'clock meant a moment


def test_a_day_follows_who_answers_for_it_into_another_zone(alice: Person, bob: Person) -> None:
    with clock.frozen(NOON), firm_context(alice.firm.id):
        whole, timed = (
            make(alice, due_on="2027-03-03", reminders=[60]),
            make(alice, due_on="2027-03-03", due_time="09:00"),
        )
        his, at = make(alice, due_on="2027-03-03", assignees=[bob.membership.id]), timed.due_at
        before = his.due_at
    update_profile(alice.user, {"time_zone": "Asia/Tokyo"}, request=RequestFactory().get("/"))
    with firm_context(alice.firm.id):
        follow_zones(list(Event.rows().filter(type="member.profile_changed")))
        for task in (whole, timed, his):
            task.refresh_from_db()
        assert (whole.due_at, whole.zone) == (datetime(2027, 3, 3, 14, 59, 59, tzinfo=UTC), "Asia/Tokyo")
        assert TaskReminder.rows().get(task=whole).remind_at == datetime(2027, 3, 3, 13, 59, 59, tzinfo=UTC)
        assert (timed.due_at, his.due_at) == (at, before)


def test_a_day_follows_the_firm_into_another_zone(alice: Person, bob: Person) -> None:
    update_profile(bob.user, {"time_zone": "America/New_York"}, request=RequestFactory().get("/"))
    with clock.frozen(NOON), firm_context(alice.firm.id):
        whole, free, timed, done, his = (
            make(alice, due_on="2027-03-03", reminders=[60]),
            make(alice, due_on="2027-03-03"),
            make(alice, due_on="2027-03-03", due_time="09:00"),
            make(alice, due_on="2027-03-03"),
            make(alice, due_on="2027-03-03", assignees=[bob.membership.id]),
        )
        Task.rows().filter(pk=free.pk).update(owner=None)
        completing.complete_task(done.pk, by=alice.actor)
    stays = {task.pk: task.due_at for task in (timed, done, his)}
    with firm_context(alice.firm.id):
        update_firm({"name": "Alder"}, by=alice.actor)
        follow_zones(list(Event.rows().filter(type="firm.updated")))
    assert drain() == 0
    with firm_context(alice.firm.id):
        update_firm({"time_zone": "Asia/Tokyo"}, by=alice.actor)
        follow_zones(list(Event.rows().filter(type="firm.updated")))
    assert drain() == 1
    with firm_context(alice.firm.id):
        due = dict(Task.rows().values_list("pk", "due_at"))
        assert due.pop(whole.pk) == due.pop(free.pk) == datetime(2027, 3, 3, 14, 59, 59, tzinfo=UTC)
        assert due == stays
        assert TaskReminder.rows().get(task=whole).remind_at == datetime(2027, 3, 3, 13, 59, 59, tzinfo=UTC)
