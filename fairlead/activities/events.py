"""The event types that the activities room writes."""

from fairlead.activities.looks import ICONS
from fairlead.activities.models.activity import Kind
from fairlead.events.public import EventType

TEXT = frozenset({"text", "subject"})
FILE = TEXT | {"file"}


def _of(kind: str, label: str) -> tuple[EventType, ...]:
    """Return what happens to each kind of activity."""
    a, noun, icon, group = ("an" if kind == "email" else "a"), label.lower(), ICONS[kind], f"{kind}s"
    logged = "written" if kind == "note" else "logged"
    wrote = "wrote" if kind == "note" else "logged"
    found = (
        EventType(f"{kind}.{logged}", f"{label} {logged}", f"{wrote} {a} {noun}", group, icon, TEXT),
        EventType(f"{kind}.associated", f"{label} added", f"put {a} {noun} on this record", group, icon, TEXT),
        EventType(f"{kind}.dissociated", f"{label} taken off", f"took {a} {noun} off this record", group, icon, TEXT),
        EventType(f"{kind}.edited", f"{label} changed", f"changed {a} {noun}", group, "pencil", TEXT),
        EventType(f"{kind}.deleted", f"{label} deleted", f"deleted {a} {noun}", group, "trash", TEXT),
        EventType(f"{kind}.restored", f"{label} restored", f"brought {a} {noun} back", group, "arrow-back-up", TEXT),
        *_beside(kind, label, f"{a} {noun}"),
    )
    if kind in ("call", "meeting"):
        return (
            *found,
            EventType(f"{kind}.scheduled", f"{label} scheduled", f"scheduled {a} {noun}", group, icon, TEXT),
            EventType(
                f"{kind}.handed_over", f"{label} handed over", f"handed {a} {noun} over to {{to}}", group, icon, TEXT
            ),
        )
    return found


def _beside(kind: str, label: str, what: str) -> tuple[EventType, ...]:
    """Return what happens beside an activity: who is mentioned in it, comments, files."""

    def made(verb: str, name: str, wording: str, icon: str, personal: frozenset[str] = TEXT) -> EventType:
        return EventType(f"{kind}.{verb}", name, wording, f"{kind}s", icon, personal)

    return (
        made("mentioned", f"Mentioned in {what}", f"mentioned {{name}} in {what}", "at"),
        made("commented", f"Comment on {what}", f"commented on {what}", "message"),
        made("comment_edited", f"Comment on {what} changed", f"changed a comment on {what}", "pencil"),
        made("comment_deleted", f"Comment on {what} deleted", f"deleted a comment on {what}", "message-off"),
        made("file_added", f"{label}: file added", f"put the file {{file}} on {what}", "paperclip", FILE),
        made("file_removed", f"{label}: file deleted", f"deleted the file {{file}} of {what}", "paperclip", FILE),
    )


def _task(verb: str, label: str, wording: str, icon: str, personal: frozenset[str] = frozenset()) -> EventType:
    return EventType(f"task.{verb}", label, wording, kind="tasks", icon=icon, personal=personal)


TASKS = (
    _task("created", "Task created", "created the task {title}", "checkbox"),
    _task("updated", "Task changed", "changed {fields} of the task {title}", "pencil"),
    _task("assigned", "Task assigned", "assigned the task {title} to {name}", "user-check"),
    _task("unassigned", "Task taken away", "relieved {name} of the task {title}", "user-minus"),
    _task("completed", "Task completed", "completed the task {title}", "circle-check"),
    _task("reopened", "Task reopened", "reopened the task {title}", "rotate"),
    _task("snoozed", "Task put off", "put the task {title} off until {until}", "alarm-snooze"),
    _task("skipped", "Task skipped", "left out one of the series {title}: the next is due on {until}", "calendar-due"),
    _task("put_back", "Task put back", "put the task {title} back to {until}", "arrow-back-up"),
    _task("deleted", "Task deleted", "deleted the task {title}", "trash"),
    _task("purged", "Task purged", "deleted the task {title} for good", "trash-x"),
    _task("restored", "Task restored", "brought the task {title} back", "arrow-back-up"),
    _task("associated", "Task linked", "linked the task {title} to this record", "checkbox"),
    _task("dissociated", "Task unlinked", "unlinked the task {title} from this record", "unlink"),
    _task("step_added", "Step added", "added the step “{text}” to the task {title}", "list-check"),
    _task("step_ticked", "Step done", "ticked “{text}” of the task {title}", "square-check"),
    _task("step_unticked", "Step open again", "took back the tick at “{text}” of the task {title}", "square"),
    _task("step_renamed", "Step reworded", "changed the step “{before}” to “{text}” in the task {title}", "pencil"),
    _task("step_removed", "Step removed", "removed the step “{text}” from the task {title}", "list"),
    _task("commented", "Comment on a task", "commented on the task {title}", "message", TEXT),
    _task("comment_edited", "Comment on a task changed", "changed a comment on the task {title}", "pencil", TEXT),
    _task("comment_deleted", "Comment on a task deleted", "deleted a comment on the task {title}", "message-off"),
    _task("mentioned", "Mentioned on a task", "mentioned {name} in a comment on the task {title}", "at", TEXT),
    _task("reminded", "Reminder", "reminded of the task {title}", "alarm"),
    _task("overdue", "Task overdue", "noticed that the task {title} is overdue", "clock-exclamation"),
)
LIBRARY = (
    EventType("activity.pinned", "Pinned", "pinned an entry to the top", kind="notes", icon="pin"),
    EventType("activity.unpinned", "Unpinned", "unpinned an entry", kind="notes", icon="pinned-off"),
    EventType(
        "activity_option.created", "Activity option added", "added the {role} {name} for each {kind}", icon="plus"
    ),
    EventType("activity_option.updated", "Activity option changed", "changed the {role} {name} of each {kind}"),
    EventType(
        "activity_option.reordered", "Activity options reordered", "put each {kind}’s {role}s into another order"
    ),
    EventType("activity_option.archived", "Activity option archived", "archived the {role} {name} of each {kind}"),
    EventType("activity_option.unarchived", "Activity option back", "brought the {role} {name} of each {kind} back"),
    EventType("note_template.saved", "Note template saved", "saved the note template {name}", icon="template"),
    EventType(
        "note_template.deleted", "Note template deleted", "deleted the note template {name}", icon="template-off"
    ),
    EventType("task_template.saved", "Task template saved", "saved the task template {name}", icon="template"),
    EventType(
        "task_template.deleted", "Task template deleted", "deleted the task template {name}", icon="template-off"
    ),
    EventType("snippet.saved", "Snippet saved", "saved the snippet #{name}", icon="hash"),
    EventType("snippet.handed_over", "Snippet handed over", "handed the snippet #{name} over to {to}", icon="hash"),
    EventType("snippet.deleted", "Snippet deleted", "deleted the snippet #{name}", icon="hash"),
    EventType("signature.saved", "Signature saved", "changed their signature", icon="signature"),
    EventType("calendar_feed.made", "Calendar address made", "made a calendar address of their tasks", sensitive=True),
    EventType("calendar_feed.revoked", "Calendar address revoked", "revoked a calendar address", sensitive=True),
)
TYPES = (*(t for value, label in Kind.choices for t in _of(value, str(label))), *TASKS, *LIBRARY)
