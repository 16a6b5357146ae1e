"""What higher rooms may use of activities."""

from fairlead.activities import access
from fairlead.activities.actions.activities import log_activity, write_note
from fairlead.activities.actions.completing import complete_task
from fairlead.activities.actions.snippets import save_snippet
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import Activity, Task
from fairlead.activities.offering import offer_on
from fairlead.activities.richtext import plain, shown

__all__ = [
    "Activity",
    "Task",
    "access",
    "complete_task",
    "create_task",
    "log_activity",
    "offer_on",
    "plain",
    "save_snippet",
    "shown",
    "write_note",
]
