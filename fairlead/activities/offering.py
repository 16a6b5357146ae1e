"""Offering the composer and the panels on the record pages of a noun, of this room or of a higher one."""

from fairlead.activities.actions.purging import forget_records
from fairlead.activities.looks import ICONS
from fairlead.activities.models.activity import Kind
from fairlead.activities.web import composing
from fairlead.activities.web import panels as drawn
from fairlead.people.public import register_purge
from fairlead.shell.panels import Panel, panels
from fairlead.shell.record import Composer, composers


def offer_on(noun: str) -> None:
    """Put note, call, email, meeting and task above the timeline of a noun, and its tasks and calls beside it."""
    for place, kind in enumerate([*Kind.values, "task"]):
        label = "Task" if kind == "task" else str(Kind(kind).label)
        permission = "tasks.edit" if kind == "task" else "notes.edit"
        composers.register(
            Composer(
                f"{kind}-{noun}",
                noun,
                label,
                ICONS[kind],
                composing.composer_of(kind, noun),
                order=10 + place,
                permission=permission,
            )
        )
    panels.register(
        Panel(f"open-tasks-{noun}", noun, "Tasks", "checkbox", drawn.tasks_of(noun), 5, "tasks.view", lazy=True)
    )
    panels.register(Panel(f"calls-{noun}", noun, "Calls", "phone", drawn.calls_of(noun), 60, "notes.view", lazy=True))
    panels.register(
        Panel(f"recent-notes-{noun}", noun, "My recent notes", "notes", drawn.my_notes, 90, "notes.view", lazy=True)
    )


def forget_on_purge() -> None:
    """Let purged records take along what was only about them."""
    register_purge(forget_records)
