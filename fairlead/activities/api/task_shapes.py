"""What the API takes and gives for tasks, and how their parts are loaded for a whole page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.activities import task_reads
from fairlead.activities.api.shapes import AboutInput
from fairlead.activities.models import (
    ChecklistItem,
    Priority,
    Repeat,
    Task,
    TaskDependency,
    TaskLink,
    TaskReminder,
    TaskType,
)
from fairlead.activities.nouns import TASK
from fairlead.records.api.public import shapes
from fairlead.shell.api.strict import MAX_TEXT, Input, Output

Found = Mapping[UUID, Any]


class TaskStepOutput(Output):
    """A step of a task."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    ticked_at = serializers.DateTimeField(allow_null=True)
    ticked_by = serializers.UUIDField(source="ticked_by_id", allow_null=True)
    version = serializers.IntegerField(help_text="Its ETag: send it as If-Match when you change or remove the step.")


class PlaceOutput(Output):
    """A record that a task is about."""

    noun = serializers.CharField()
    id = serializers.UUIDField()


class TimingOutput(Output):
    """When exactly a task is due, and how it repeats."""

    due_time = serializers.CharField(allow_null=True, help_text="On the clock of `zone`.")
    due_at = serializers.DateTimeField(allow_null=True, help_text="The instant; without a time the end of the day.")
    zone = serializers.CharField()
    rrule = serializers.CharField(help_text="RFC 5545, empty when it does not repeat.")
    repeat = serializers.CharField(help_text="completion or schedule: when the next one is made.")


TaskOutput = shapes.output(
    TASK,
    description=serializers.CharField(required=False, help_text="Sanitised HTML."),
    timing=TimingOutput(required=False),
    about=PlaceOutput(many=True, required=False),
    assignees=serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Ids of members; the first one answers for it."
    ),
    reminders=serializers.ListField(child=serializers.IntegerField(), required=False, help_text="Minutes before."),
    checklist=TaskStepOutput(many=True, required=False),
    blockers=serializers.ListField(child=serializers.UUIDField(), required=False, help_text="Tasks to be done first."),
)
TaskInput = shapes.body(
    TASK,
    description=serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True, help_text="HTML."),
    due_time=serializers.CharField(max_length=8, required=False, allow_null=True, help_text="Such as 14:30."),
    rrule=serializers.CharField(max_length=300, required=False, allow_blank=True, help_text="RFC 5545, FREQ=WEEKLY …"),
    repeat=serializers.ChoiceField(choices=Repeat.choices, required=False),
    about=AboutInput(many=True, required=False),
    assignees=serializers.ListField(
        child=serializers.UUIDField(),
        max_length=50,
        required=False,
        help_text="Ids of members; the first answers for it.",
    ),
    reminders=serializers.ListField(child=serializers.IntegerField(), max_length=10, required=False),
    checklist=serializers.ListField(
        child=serializers.CharField(max_length=300), max_length=100, required=False, help_text="Only of a new task."
    ),
    blockers=serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False),
)


class CompletionInput(Input):
    """How to complete a task."""

    force = serializers.BooleanField(required=False, help_text="Even though it waits for others.")


class AssignmentInput(Input):
    """Who is to do a task; the first answers for it."""

    members = serializers.ListField(child=serializers.UUIDField(), max_length=50)


class SnoozeInput(Input):
    """Until when a task is put off: one of the two."""

    until = serializers.DateTimeField(required=False)
    days = serializers.IntegerField(min_value=1, max_value=366, required=False, help_text="From today.")


class TaskStepInput(Input):
    """A step."""

    text = serializers.CharField(max_length=300)


class StepEdit(Input):
    """What is to be changed of a step."""

    text = serializers.CharField(max_length=300, required=False)
    ticked = serializers.BooleanField(required=False)


class TemplateEdit(Input):
    """What is to be changed of a task template."""

    name = serializers.CharField(max_length=80, required=False)
    title = serializers.CharField(max_length=300, required=False)
    description = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    type = serializers.ChoiceField(choices=TaskType.choices, required=False)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)
    due_in_days = serializers.IntegerField(min_value=0, max_value=3650, required=False, allow_null=True)
    remind_minutes = serializers.IntegerField(min_value=0, max_value=366 * 1440, required=False, allow_null=True)
    rrule = serializers.CharField(max_length=300, required=False, allow_blank=True)
    checklist = serializers.ListField(child=serializers.CharField(max_length=300), max_length=100, required=False)
    assignees = serializers.ListField(child=serializers.UUIDField(), max_length=50, required=False)


class TemplateInput(TemplateEdit):
    """A task template."""

    name = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=300)


class TemplateOutput(Output):
    """A task template."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    type = serializers.CharField()
    priority = serializers.CharField()
    due_in_days = serializers.IntegerField(allow_null=True)
    remind_minutes = serializers.IntegerField(allow_null=True)
    rrule = serializers.CharField()
    checklist = serializers.ListField(child=serializers.CharField())
    assignees = serializers.ListField(child=serializers.UUIDField())


class UseInput(Input):
    """What the task made from a template is about."""

    about = AboutInput(many=True, required=False)


def description(ids: Sequence[UUID]) -> Found:
    """Return the descriptions of tasks."""
    return dict(Task.rows().filter(pk__in=ids).values_list("pk", "description"))


def timing(ids: Sequence[UUID]) -> Found:
    """Return when tasks are due, to the minute, and how they repeat."""
    rows: Any = Task.rows().filter(pk__in=ids).values("pk", "due_time", "due_at", "zone", "rrule", "repeat")
    return {row.pop("pk"): row | {"due_time": row["due_time"] and row["due_time"].isoformat()} for row in rows}


def about(ids: Sequence[UUID]) -> Found:
    """Return the records that tasks are about."""
    rows = TaskLink.rows().filter(task__in=ids).order_by("created_at", "id").values_list("task_id", "noun", "record_id")
    return _grouped((task, {"noun": noun, "id": pk}) for task, noun, pk in rows)


def assignees(ids: Sequence[UUID]) -> Found:
    """Return who is to do tasks; the first one answers for it."""
    return task_reads.doers(ids)


def reminders(ids: Sequence[UUID]) -> Found:
    """Return how long before they are due tasks remind."""
    rows = TaskReminder.rows().filter(task__in=ids).order_by("minutes_before")
    return _grouped(rows.values_list("task_id", "minutes_before"))


def checklist(ids: Sequence[UUID]) -> Found:
    """Return the steps of tasks, in their order."""
    rows = ChecklistItem.rows().filter(task__in=ids).order_by("position", "id")
    found: Any = rows.values("task_id", "id", "text", "ticked_at", "ticked_by_id", "version")
    return _grouped((r.pop("task_id"), {"ticked_by": r.pop("ticked_by_id"), **r}) for r in found)


def blockers(ids: Sequence[UUID]) -> Found:
    """Return what tasks wait for."""
    rows = TaskDependency.rows().filter(task__in=ids).order_by("created_at", "id")
    return _grouped(rows.values_list("task_id", "blocker_id"))


def _grouped(pairs: Any) -> Found:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


PARTS = {
    "description": description, "timing": timing, "about": about, "assignees": assignees, "reminders": reminders,
    "checklist": checklist, "blockers": blockers,
}  # fmt: skip
