"""What the activities room offers to the engines."""

from typing import Any

from django.utils.safestring import SafeString

from fairlead.activities import events
from fairlead.events.public import register as register_events
from fairlead.people.public import register_purge, timeline
from fairlead.records.imports.public import register_extra
from fairlead.search.public import register as make_findable
from fairlead.shell.navigation import Item, items
from fairlead.shell.panels import Panel, panels
from fairlead.shell.quick_add import QuickAdd, entries
from fairlead.shell.record import Composer, composers
from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register permissions, event types, the timeline's drawing, composer, panel, navigation."""
    declare("notes.view", "Read notes", group="Notes", since=Role.READ_ONLY)
    declare("notes.edit", "Write notes, change one's own", group="Notes", since=Role.MEMBER)
    declare("notes.manage", "Change and delete everybody's notes", group="Notes", since=Role.MANAGER)
    register_events(*events.TYPES)
    from fairlead.activities.actions.purging import forget_records
    from fairlead.activities.finding import NOTES
    from fairlead.activities.imports import NoteTarget
    from fairlead.activities.web import drawing

    register_purge(forget_records)
    register_extra("contact", NoteTarget())
    make_findable(NOTES)
    timeline.register_artist("note.", drawing.draw_notes)
    timeline.register_artist("activity.", drawing.draw_nothing)
    timeline.register_pins(drawing.pinned, drawing.pin_url)
    items.register(Item("notes", "Notes", "note", "activities:notes", "clients", order=30, permission="notes.view"))
    entries.register(QuickAdd("note", "Note", "note", "activities:quick-note", 5, "notes.edit", "ctrl+n n"))
    for noun in ("contact", "company"):
        composers.register(Composer(f"note-{noun}", noun, "Note", "note", drawing.composer, permission="notes.edit"))
        panels.register(
            Panel(f"recent-notes-{noun}", noun, "My recent notes", "notes", _recent, 90, "notes.view", lazy=True)
        )


def _recent(request: Any, record: Any) -> SafeString:
    from fairlead.activities.web.notes import recent

    return SafeString(recent(request).content.decode())
