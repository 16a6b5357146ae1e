"""Tasks as the tests make and read them."""

from datetime import UTC, datetime

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import Task, TaskAssignment
from fairlead.events.public import Event
from fairlead.tenancy.public import firm_context

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
