"""The only functions that hand out what this room keeps to a caller."""

from fairlead.activities.access.activities import (
    activities,
    activities_about,
    activity,
    attachment,
    comment,
    comments,
    deleted_activities,
    deleted_activity,
    notes,
    option,
    options,
    template,
    templates,
)
from fairlead.activities.access.records import NOBODY, NOTHING, About, Known, record, records
from fairlead.activities.access.tasks import (
    binned_tasks,
    checklist_item,
    task,
    task_template,
    task_templates,
    tasks,
    tasks_of,
)
from fairlead.activities.access.texts import snippet, snippets

__all__ = [
    "NOBODY",
    "NOTHING",
    "About",
    "Known",
    "activities",
    "activities_about",
    "activity",
    "attachment",
    "binned_tasks",
    "checklist_item",
    "comment",
    "comments",
    "deleted_activities",
    "deleted_activity",
    "notes",
    "option",
    "options",
    "record",
    "records",
    "snippet",
    "snippets",
    "task",
    "task_template",
    "task_templates",
    "tasks",
    "tasks_of",
    "template",
    "templates",
]
