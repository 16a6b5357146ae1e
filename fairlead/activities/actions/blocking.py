"""What tasks wait for: others that are to be done first, never in a circle."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.activities import access
from fairlead.activities.actions.task_events import task_event
from fairlead.activities.models import Task, TaskDependency
from fairlead.events.public import record_many
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import counted
from fairlead.tenancy.public import Actor, advisory

BLOCKERS = 50


def set_blockers(task: Task, blocker_ids: Sequence[UUID], *, by: Actor) -> None:
    """Say which tasks must be done first; those that the actor may not see stay.

    Raises `InvalidInput` for a circle and `NotFound` for an unknown task.
    """
    wanted = list(dict.fromkeys(blocker_ids))
    if len(wanted) > BLOCKERS:
        raise InvalidInput({"blockers": [f"A task can wait for at most {BLOCKERS} others."]})
    there = set(TaskDependency.rows().filter(task=task).values_list("blocker_id", flat=True))
    found = [access.task(by, pk) for pk in wanted if pk not in there]
    if found:
        _lock_graph()
    if task.pk in _upstream(wanted):
        raise InvalidInput({"blockers": ["That would be a circle: the other task already waits for this one."]})
    gone = list(access.tasks(by).filter(pk__in=there - set(wanted)).values_list("pk", flat=True))
    if not found and not gone:
        return
    TaskDependency.rows().filter(task=task, blocker__in=gone).delete()
    TaskDependency.objects.bulk_create([TaskDependency(task=task, blocker=b) for b in found])
    record_many([task_event("updated", task, by, {"fields": "what it waits for"})], by=by)


def open_blockers(task: Task, seen_by: Actor | None = None) -> list[Task]:
    """Return the tasks that must be done before this one and are not: all, or those that somebody may see."""
    ids = TaskDependency.rows().filter(task=task).values("blocker")
    rows = access.tasks(seen_by) if seen_by else Task.rows().filter(deleted_at=None)
    return list(rows.filter(pk__in=ids, completed_at=None).order_by("due_at", "id"))


def named(waiting: Sequence[Task], by: Actor) -> str:
    """Return the titles of tasks, but only how many there are of those that the actor may not see."""
    seen = set(access.tasks(by).filter(pk__in=[t.pk for t in waiting]).values_list("pk", flat=True))
    named = [f"“{t.title}”" for t in waiting if t.pk in seen]
    hidden = len(waiting) - len(named)
    said = [*named[:5], *([f"{counted(hidden, 'task')} of colleagues"] if hidden else [])]
    return ", ".join(said)


def _lock_graph() -> None:
    """One at a time says what waits for what in a firm: two at once could each close the other's half of a circle."""
    advisory.exclusive("activities.blockers")


def _upstream(ids: Sequence[UUID]) -> set[UUID]:
    """Return the tasks, and all that they wait for, however far up."""
    seen: set[UUID] = set(ids)
    edge = seen
    while edge:
        edge = set(TaskDependency.rows().filter(task__in=edge).values_list("blocker_id", flat=True)) - seen
        seen |= edge
    return seen
