"""Take back that a task was put off or skipped."""

from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.activities import access
from fairlead.activities.actions import completing, task_values
from fairlead.activities.actions.task_events import task_event, tell_assignees
from fairlead.activities.models import Task
from fairlead.events.public import Event, record_many
from fairlead.kernel.errors import Conflict
from fairlead.tenancy.public import Actor

MOVES = ("task.snoozed", "task.skipped")


@transaction.atomic
def put_back(task_id: UUID, *, by: Actor) -> Task:
    """Let a task be due when it was before it was put off or skipped last; its reminders move along.

    Raises `Conflict` when nobody did, or somebody has changed the task since.
    """
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    moved = Event.rows().filter(subject_id=task.pk, type__in=MOVES).order_by("-recorded_at", "-id").first()
    if moved is None or moved.data.get("version") != task.version:
        raise Conflict("This task was not put off, or somebody has changed it since: it stays as it is.")
    was: dict[str, Any] = moved.data["was"]
    if was["number"] != task.series_number and completing.next_of(task) is not None:
        raise Conflict("The next one of its series is there already: this one stays as it is.")
    task.due_on = date.fromisoformat(was["due_on"]) if was["due_on"] else None
    task.due_time = time.fromisoformat(was["due_time"]) if was["due_time"] else None
    task.series_number, task.version = was["number"], task.version + 1
    task_values.place_due(task)
    task.save(update_fields=[*completing.DUE, "series_number", "version", "updated_at"])
    task_values.set_reminders(task)
    until = f"{task.due_on:%-d %B %Y}" if task.due_on else "no day"
    record_many([task_event("put_back", task, by, {"until": until})], by=by)
    tell_assignees(task, by)
    return task
