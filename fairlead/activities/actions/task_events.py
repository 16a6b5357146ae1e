"""The events of tasks: about the task, and on the timeline of the first contact and company that it is about."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.activities.models import Task, TaskAssignment, TaskLink
from fairlead.events.public import NewEvent
from fairlead.notifications.public import tell
from fairlead.tenancy.public import Actor

TOPIC = "tasks"
TEAM_TOPIC = "team-tasks"  # what shows the tasks of others


def places(task: Task) -> list[About]:
    """Return the records that a task is about, in the order in which they were chosen."""
    rows = TaskLink.rows().filter(task=task).order_by("created_at", "id")
    return [(noun, pk) for noun, pk in rows.values_list("noun", "record_id")]


def task_event(verb: str, task: Task, by: Actor, data: Mapping[str, Any] | None = None) -> NewEvent:
    """Return the event `task.<verb>`."""
    contact, company = _people(places(task), by)
    said = {"task": str(task.pk), "title": task.title, "due": task.due_at.isoformat() if task.due_at else ""}
    said |= dict(data or {})
    return NewEvent(f"task.{verb}", ("task", task.pk), contact, company, {k: v for k, v in said.items() if v != ""})


def on_record(verb: str, task: Task, place: About, by: Actor) -> NewEvent:
    """Return the event by which a task comes to stand on a record's timeline, or leaves it."""
    noun, pk = place
    contact, company = _people([place], by)
    return NewEvent(f"task.{verb}", (noun, pk), contact, company, {"task": str(task.pk), "title": task.title})


def tell_assignees(task: Task, by: Actor, *, also: Sequence[UUID | None] = ()) -> None:
    """Let the open pages of who does the task, or gave it, read their lists again, and those that show everybody's."""
    members = set(TaskAssignment.rows().filter(task=task).values_list("member_id", flat=True))
    members |= {pk for pk in (task.owner_id, task.assigned_by_id, by.membership_id, *also) if pk}
    tell(members, TOPIC)
    tell(None, TEAM_TOPIC)


def _people(about: Sequence[About], by: Actor) -> tuple[UUID | None, UUID | None]:
    found = access.records(by, about)
    contact = next((pk for noun, pk in about if noun == "contact"), None)
    company = next((pk for noun, pk in about if noun == "company"), None)
    if company is None and about:
        record = found.get(contact or about[0][1])
        company = getattr(record[1], "company_id", None) if record else None
    return contact, company
