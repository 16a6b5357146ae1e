"""The event types that the activities room writes."""

from fairlead.events.public import EventType

TEXT = frozenset({"text"})
TYPES = (
    EventType("note.written", "Note written", "wrote a note", kind="notes", icon="note", personal=TEXT),
    EventType("note.associated", "Note added", "put a note on this record", kind="notes", icon="note", personal=TEXT),
    EventType("note.dissociated", "Note taken off", "took a note off this record", kind="notes", icon="note-off"),
    EventType("note.edited", "Note changed", "changed a note", kind="notes", icon="pencil", personal=TEXT),
    EventType("note.deleted", "Note deleted", "deleted a note", kind="notes", icon="trash"),
    EventType("note.restored", "Note restored", "brought a note back", kind="notes", icon="arrow-back-up"),
    EventType("note.mentioned", "Mentioned", "mentioned {name} in a note", kind="notes", icon="at"),
    EventType("activity.pinned", "Pinned", "pinned an entry to the top", kind="notes", icon="pin"),
    EventType("activity.unpinned", "Unpinned", "unpinned an entry", kind="notes", icon="pinned-off"),
    EventType("note_template.saved", "Note template saved", "saved the note template {name}", icon="template"),
    EventType(
        "note_template.deleted", "Note template deleted", "deleted the note template {name}", icon="template-off"
    ),
)
