"""The steps of a task."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.activities import access
from fairlead.activities.actions import task_values
from fairlead.activities.actions.task_events import task_event, tell_assignees
from fairlead.activities.models import ChecklistItem
from fairlead.events.public import record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze
from fairlead.tenancy.public import Actor


@transaction.atomic
def add_step(task_id: UUID, text: str, *, by: Actor) -> ChecklistItem:
    """Add a step at the end."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    rows = ChecklistItem.rows().filter(task=task)
    if rows.count() >= task_values.STEPS:
        raise InvalidInput({"text": [f"A task has at most {task_values.STEPS} steps."]})
    last = rows.aggregate(last=Max("position"))["last"]
    made = ChecklistItem(task=task, text=_text(text), position=0 if last is None else last + 1)
    made.save(force_insert=True)
    record_many([task_event("step_added", task, by, {"text": made.text})], by=by)
    tell_assignees(task, by)
    return made


@transaction.atomic
def tick_step(item_id: UUID, *, by: Actor, ticked: bool = True) -> ChecklistItem:
    """Tick a step off, or take the tick back."""
    by.require("tasks.edit")
    found = access.checklist_item(by, item_id)
    if (found.ticked_at is not None) != ticked:
        found.ticked_at = clock.now() if ticked else None
        found.ticked_by_id = by.membership_id if ticked else None
        found.version += 1
        found.save(update_fields=["ticked_at", "ticked_by", "version", "updated_at"])
        verb = "step_ticked" if ticked else "step_unticked"
        record_many([task_event(verb, found.task, by, {"text": found.text})], by=by)
        tell_assignees(found.task, by)
    return found


@transaction.atomic
def rename_step(item_id: UUID, text: str, *, by: Actor) -> ChecklistItem:
    """Say a step in other words."""
    by.require("tasks.edit")
    found = access.checklist_item(by, item_id)
    said = _text(text)
    if found.text != said:
        before, found.text = found.text, said
        found.version += 1
        found.save(update_fields=["text", "version", "updated_at"])
        record_many([task_event("step_renamed", found.task, by, {"text": said, "before": before})], by=by)
        tell_assignees(found.task, by)
    return found


@transaction.atomic
def remove_step(item_id: UUID, *, by: Actor) -> None:
    """Take a step away."""
    by.require("tasks.edit")
    found = access.checklist_item(by, item_id)
    record_many([task_event("step_removed", found.task, by, {"text": found.text})], by=by)
    tell_assignees(found.task, by)
    found.delete()


def _text(text: str) -> str:
    said = squeeze(text)
    if not 0 < len(said) <= task_values.STEP:
        raise InvalidInput({"text": [f"A step has 1 to {task_values.STEP} characters."]})
    return said
