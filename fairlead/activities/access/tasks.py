"""A task is seen by who is to do it, who gave it, and who may see its owner's records."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairlead.activities.models import ChecklistItem, Task, TaskAssignment, TaskTemplate
from fairlead.tenancy.public import Actor, one


def tasks(actor: Actor) -> QuerySet[Any]:
    """Return the living tasks that the actor may see."""
    actor.require("tasks.view")
    return _seen_by(actor, Task.rows().filter(deleted_at=None))


def binned_tasks(actor: Actor) -> QuerySet[Any]:
    """Return the deleted tasks that the actor may take back."""
    actor.require("tasks.delete")
    return _seen_by(actor, Task.rows().filter(deleted_at__isnull=False))


def task(actor: Actor, task_id: UUID, *, lock: bool = False) -> Task:
    """Return one task, locked until the transaction ends if asked; raise `NotFound`."""
    found: Task = one(tasks(actor), task_id, lock=lock)
    return found


def tasks_of(actor: Actor, member_id: UUID) -> QuerySet[Any]:
    """Return the tasks that a member is to do, alone or with others."""
    assigned = TaskAssignment.rows().filter(member_id=member_id).values("task")
    return tasks(actor).filter(pk__in=assigned)


def checklist_item(actor: Actor, item_id: UUID) -> ChecklistItem:
    """Return one step of a task that the actor may see, locked; raise `NotFound`."""
    rows = ChecklistItem.rows().filter(task__in=tasks(actor).values("pk"))
    found: ChecklistItem = one(rows, item_id, lock=True)
    return found


def hidden_tasks(actor: Actor) -> QuerySet[Any]:
    """Return the tasks, those in the bin too, of which the actor may not even read that they are there."""
    return Task.rows().exclude(pk__in=_seen_by(actor, Task.rows()).values("pk"))


def task_templates(actor: Actor) -> QuerySet[Any]:
    """Return the firm's task templates."""
    actor.require("tasks.view")
    return TaskTemplate.rows()


def task_template(actor: Actor, template_id: UUID) -> TaskTemplate:
    """Return one task template; raise `NotFound`."""
    found: TaskTemplate = one(task_templates(actor), template_id)
    return found


def _seen_by(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    if actor.visible_owners is None:
        return rows
    mine = TaskAssignment.rows().filter(task=OuterRef("pk"), member_id__in=actor.visible_owners)
    own = Q(assigned_by_id=actor.membership_id) | Q(created_by_id=actor.membership_id)
    return rows.filter(Q(Exists(mine)) | own | Q(owner_id__in=actor.visible_owners))
