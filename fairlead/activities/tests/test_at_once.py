"""Two change tasks at one moment, on connections of their own."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities import access
from fairlead.activities.actions import comments, tasks
from fairlead.activities.models import Comment, Task, TaskDependency
from fairlead.activities.tests.task_cast import make
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.tenancy.public import Firm, Visibility, firm_context
from tests.together import meet

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tasks_that_come_to_block_each_other_at_once_make_no_circle(alice: Person, bob: Person) -> None:
    one, other = make(alice, title="Sign"), make(alice, title="Send")
    waited, raised = meet(
        alice.firm.id,
        lambda: tasks.update_task(one.pk, {"blockers": [other.pk]}, by=alice.actor),
        lambda: tasks.update_task(other.pk, {"blockers": [one.pk]}, by=alice.actor),
    )
    assert waited
    [error] = raised
    assert isinstance(error, InvalidInput) and "circle" in str(error.fields["blockers"])
    with firm_context(alice.firm.id):
        assert list(TaskDependency.rows().values_list("task_id", "blocker_id")) == [(one.pk, other.pk)]


def test_who_was_relieved_of_a_task_meanwhile_changes_it_no_more(alice: Person, bob: Person) -> None:
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=Visibility.OWNER)
    bob.firm.refresh_from_db()
    task, his = make(alice, assignees=[bob.membership.id]), bob.actor
    waited, raised = meet(
        alice.firm.id,
        lambda: tasks.assign_task(task.pk, [alice.membership.id], by=alice.actor),
        lambda: tasks.update_task(task.pk, {"title": "Still mine"}, by=his),
    )
    assert waited and [type(error) for error in raised] == [NotFound]
    with firm_context(alice.firm.id):
        assert Task.rows().get(pk=task.pk).title == "Call back"


def test_who_changes_a_task_keeps_nobody_from_commenting_on_it(alice: Person) -> None:
    task = make(alice)
    waited, raised = meet(
        alice.firm.id,
        lambda: access.task(alice.actor, task.pk, lock=True),
        lambda: comments.comment_on_task(task.pk, "<p>Nearly done</p>", by=alice.actor),
    )
    assert (waited, raised) == (False, [])
    with firm_context(alice.firm.id):
        assert Comment.rows().filter(task=task).count() == 1
