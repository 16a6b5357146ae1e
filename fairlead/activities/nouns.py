"""The noun task."""

from typing import Any

from django.db.models import Q, QuerySet

from fairlead.activities import access
from fairlead.activities.actions.tasks import TaskVerbs
from fairlead.activities.models import Priority, Status, Task, TaskType
from fairlead.kernel.text import fold
from fairlead.records.public import Field, FieldType, Noun, Option
from fairlead.search import public as search
from fairlead.tenancy.public import Actor

TYPES = tuple(
    Option(v, label, c)
    for (v, label), c in zip(TaskType.choices, ("slate", "green", "cyan", "indigo", "amber"), strict=True)
)
PRIORITIES = tuple(
    Option(v, label, c) for (v, label), c in zip(Priority.choices, ("red", "orange", "slate", "blue"), strict=True)
)
STATUSES = tuple(
    Option(v, label, c) for (v, label), c in zip(Status.choices, ("blue", "indigo", "amber", "green"), strict=True)
)


def _system(name: str, label: str, kind: FieldType, column: str = "", sort: str = "") -> Field:
    return Field(name, label, kind, "System", column=column, sort_column=sort, editable=False, importable=False)


FIELDS = (
    Field("title", "Title", FieldType.TEXT, "Task", sort_column="sort_key", required=True),
    Field("type", "Type", FieldType.CHOICE, "Task", options=TYPES),
    Field("status", "Status", FieldType.CHOICE, "Task", options=STATUSES),
    Field("priority", "Priority", FieldType.CHOICE, "Task", sort_column="priority", options=PRIORITIES),
    Field("owner", "Assignee", FieldType.MEMBER, "Task", column="owner_id", help="Who answers for it."),
    Field("due_on", "Due", FieldType.DATE, "Task", sort_column="due_at"),
    Field("details", "Description", FieldType.LONG_TEXT, "Task", column="text", editable=False, importable=False),
    _system("assigned_by", "Assigned by", FieldType.MEMBER, "assigned_by_id"),
    _system("completed_at", "Completed", FieldType.DATETIME, sort="completed_at"),
    _system("completed_by", "Completed by", FieldType.MEMBER, "completed_by_id"),
    Field("external_id", "External id", FieldType.TEXT, "System"),
    _system("created_at", "Created", FieldType.DATETIME, sort="created_at"),
    _system("updated_at", "Last changed", FieldType.DATETIME),
)

FEW = 100  # as many as the search ranks


def _find(rows: QuerySet[Any], typed: str, by: Actor) -> QuerySet[Any]:
    """Narrow tasks to those whose title has every word somewhere, or that the search finds by title or text."""
    every = Q()
    for word in fold(typed).split():
        every &= Q(sort_key__contains=word)
    return rows.filter(
        every | Q(pk__in=[hit.record_id for hit in search.find(typed, by=by, nouns=["task"], limit=FEW)])
    )


TASK = Noun(
    name="task",
    plural="tasks",
    label="Task",
    label_plural="Tasks",
    icon="checkbox",
    model=Task,
    fields=FIELDS,
    visible=access.tasks,
    verbs=TaskVerbs(),
    default_columns=("title", "status", "priority", "owner", "due_on", "type", "created_at"),
    default_sort="due_on",
    taggable=False,
    page="activities:task",
    find=_find,
    extra={"plain": True},
)
