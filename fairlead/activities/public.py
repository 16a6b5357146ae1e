"""What higher rooms may use of activities."""

from fairlead.activities import access, recurrence
from fairlead.activities.actions.activities import log_activity, write_note
from fairlead.activities.actions.completing import complete_task, reopen_task, skip_task, snooze_task
from fairlead.activities.actions.snippets import save_snippet
from fairlead.activities.actions.tasks import create_task, update_task
from fairlead.activities.models import Activity, Task
from fairlead.activities.offering import offer_on
from fairlead.activities.reads import call_stats
from fairlead.activities.richtext import clean, plain, shown
from fairlead.activities.task_reads import next_task_of

__all__ = [
    "Activity",
    "Task",
    "access",
    "call_stats",
    "clean",
    "complete_task",
    "create_task",
    "log_activity",
    "next_task_of",
    "offer_on",
    "plain",
    "recurrence",
    "reopen_task",
    "save_snippet",
    "shown",
    "skip_task",
    "snooze_task",
    "update_task",
    "write_note",
]
