"""Activities and their options, tasks, comments, snippets, templates, pins, and what is a member's own."""

from fairlead.activities.models.activity import (
    Activity,
    ActivityAttachment,
    ActivityLink,
    ActivityMention,
    ActivityRevision,
    Direction,
    Kind,
)
from fairlead.activities.models.associations import Association
from fairlead.activities.models.comment import Comment
from fairlead.activities.models.note_template import NoteTemplate
from fairlead.activities.models.option import ActivityOption
from fairlead.activities.models.personal import CalendarFeed, Signature
from fairlead.activities.models.pin import Pin
from fairlead.activities.models.snippet import Snippet
from fairlead.activities.models.task import (
    ChecklistItem,
    Priority,
    Repeat,
    Status,
    Task,
    TaskAssignment,
    TaskDependency,
    TaskLink,
    TaskReminder,
    TaskTemplate,
    TaskType,
)

__all__ = [
    "Activity",
    "ActivityAttachment",
    "ActivityLink",
    "ActivityMention",
    "ActivityOption",
    "ActivityRevision",
    "Association",
    "CalendarFeed",
    "ChecklistItem",
    "Comment",
    "Direction",
    "Kind",
    "NoteTemplate",
    "Pin",
    "Priority",
    "Repeat",
    "Signature",
    "Snippet",
    "Status",
    "Task",
    "TaskAssignment",
    "TaskDependency",
    "TaskLink",
    "TaskReminder",
    "TaskTemplate",
    "TaskType",
]
