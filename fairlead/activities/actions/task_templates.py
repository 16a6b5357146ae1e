"""Tasks that are made again and again."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.activities import access, recurrence
from fairlead.activities.access import About
from fairlead.activities.actions import associating, task_values
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import Priority, Task, TaskTemplate, TaskType
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor, Firm

NAME, DAYS = 80, 3650


@transaction.atomic
def save_task_template(values: Mapping[str, Any], *, by: Actor, template_id: UUID | None = None) -> TaskTemplate:
    """Create a template, or change the one with `template_id`; what is not given stays.

    `values`: name, title, description, type, priority, due_in_days, remind_minutes, rrule, checklist, assignees.
    """
    by.require("tasks.edit")
    found = TaskTemplate(created_by_id=by.membership_id)
    if template_id is not None:
        found = access.task_template(by, template_id)
    for name, value in values.items():
        setattr(found, name, value)
    _check(found)
    with unique(f"There is already a template called {found.name}."):
        found.save()
    record("task_template.saved", by=by, subject=("task_template", found.pk), data={"name": found.name})
    return found


@transaction.atomic
def delete_task_template(template_id: UUID, *, by: Actor) -> None:
    """Delete a template; tasks made from it stay."""
    by.require("tasks.edit")
    found = access.task_template(by, template_id)
    record("task_template.deleted", by=by, subject=("task_template", found.pk), data={"name": found.name})
    found.delete()


@transaction.atomic
def use_task_template(
    template_id: UUID, *, by: Actor, about: Sequence[About] = (), values: Mapping[str, Any] | None = None
) -> Task:
    """Create the task of a template; `values` say what is different this time."""
    return create_task(filled(access.task_template(by, template_id)) | {"about": about} | dict(values or {}), by=by)


def filled(found: TaskTemplate) -> dict[str, Any]:
    """Return the values of a task made from a template today."""
    zone = Firm.objects.only("time_zone").get(pk=found.firm_id or access.NOBODY).time_zone
    today = recurrence.wall(clock.now(), zone).date()
    due = today + timedelta(days=found.due_in_days) if found.due_in_days is not None else None
    active = {str(m.pk) for m in associating.members([UUID(pk) for pk in found.assignees])}
    values: dict[str, Any] = {
        "title": found.title, "description": found.description, "type": found.type, "priority": found.priority,
        "due_on": due.isoformat() if due else None, "rrule": found.rrule if due else "", "checklist": found.checklist,
        "reminders": [found.remind_minutes] if found.remind_minutes is not None else [],
        "assignees": [UUID(pk) for pk in found.assignees if pk in active],
    }  # fmt: skip
    return {n: v for n, v in values.items() if v not in (None, "", [])}


def _check(found: TaskTemplate) -> None:
    errors: dict[str, list[str]] = {}
    found.name, found.title = squeeze(found.name or ""), squeeze(found.title or "")
    found.name_norm = fold(found.name)
    if not 0 < len(found.name) <= NAME:
        errors["name"] = [f"A name of 1 to {NAME} characters is expected."]
    if not 0 < len(found.title) <= task_values.TITLE:
        errors["title"] = [f"Say in 1 to {task_values.TITLE} characters what is to be done."]
    if found.type not in TaskType.values or found.priority not in Priority.values:
        errors["type"] = ["Choose one of the offered values."]
    if found.due_in_days is not None and not 0 <= found.due_in_days <= DAYS:
        errors["due_in_days"] = [f"From 0 to {DAYS} days are expected."]
    if found.remind_minutes is not None and not 0 <= found.remind_minutes <= task_values.FURTHEST:
        errors["remind_minutes"] = ["A reminder is at most a year before."]
    if found.rrule and found.due_in_days is None:
        errors["due_in_days"] = ["A task that repeats needs a due date."]
    if errors:
        raise InvalidInput(errors)
    found.description = associating.clean_body(found.description or "")
    found.rrule = recurrence.Rule.parse(found.rrule).text if found.rrule else ""
    found.checklist = task_values.clean_steps(found.checklist)
    found.assignees = [str(m.pk) for m in task_values.members([UUID(str(pk)) for pk in found.assignees])]
