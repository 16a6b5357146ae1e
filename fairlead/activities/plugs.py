"""What the activities room offers to the engines."""

from fairlead.accounts.public import founding, handover
from fairlead.activities import events
from fairlead.events.public import register as register_events
from fairlead.kernel import strays
from fairlead.people.public import timeline
from fairlead.records.imports.public import register_extra
from fairlead.records.public import bulk, happenings, next_tasks, nouns
from fairlead.search.public import register as make_findable
from fairlead.shell import live
from fairlead.shell.navigation import Item, UserItem, items, settings_items, user_items
from fairlead.shell.palette import Command, commands
from fairlead.shell.quick_add import QuickAdd, entries
from fairlead.tenancy.public import Role, declare

_PERMISSIONS = (
    ("notes.view", "Read notes, calls, emails and meetings", "Notes and calls", Role.READ_ONLY),
    ("notes.edit", "Write notes and log calls, change one's own", "Notes and calls", Role.MEMBER),
    ("notes.manage", "Change and delete everybody's notes and calls", "Notes and calls", Role.MANAGER),
    ("activity_options.manage", "Set up types and outcomes of activities", "Notes and calls", Role.MANAGER),
    ("snippets.share", "Share snippets with the whole firm", "Notes and calls", Role.MEMBER),
    ("snippets.manage", "Change everybody's shared snippets", "Notes and calls", Role.MANAGER),
    ("tasks.view", "See tasks", "Tasks", Role.READ_ONLY),
    ("tasks.edit", "Create, change, complete and assign tasks", "Tasks", Role.MEMBER),
    ("tasks.delete", "Delete and restore tasks", "Tasks", Role.MEMBER),
    ("tasks.export", "Export tasks", "Tasks", Role.MANAGER),
    ("tasks.purge", "Delete tasks for good", "Tasks", Role.ADMIN),
)


def register() -> None:
    """Register permissions, event types, nouns, drawings, composers, panels, pages, rules and jobs."""
    for name, label, group, since in _PERMISSIONS:
        declare(name, label, group=group, since=since)
    register_events(*events.TYPES)
    for noun in ("contact", "company", "deal"):
        happenings.register(noun, "note.", "call.", "email.", "meeting.")
    for noun in ("contact", "company"):
        happenings.register(noun, "task.")
    happenings.register("deal", "task.associated", "task.dissociated")  # the others are the task's own
    from fairlead.activities import jobs, noticing  # noqa: F401  registers its jobs

    _engines()
    _timeline()
    _pages()
    noticing.register()


def _engines() -> None:
    from fairlead.activities import finding
    from fairlead.activities.actions import attachments, options, snippets
    from fairlead.activities.bulk import VERBS
    from fairlead.activities.handover import PLANNED, TASKS, hand_over_snippets
    from fairlead.activities.imports import NoteTarget
    from fairlead.activities.nouns import TASK
    from fairlead.activities.offering import forget_on_purge
    from fairlead.activities.task_reads import next_task_of

    nouns.register(TASK)
    for verb in VERBS:
        bulk.register(verb)
    next_tasks.register(next_task_of)
    register_extra("contact", NoteTarget())
    forget_on_purge()
    _merging()
    _engagement()
    _last_activity()
    make_findable(finding.ACTIVITIES)
    make_findable(finding.TASKS)
    handover.register_records("tasks", TASKS)
    handover.register_records("planned activities", PLANNED, one="planned activity")
    handover.register("shared snippets", hand_over_snippets)
    strays.register(attachments.FOLDER, attachments.named_files)
    founding.register("activity options", options.furnish_firm)
    founding.register("snippets", snippets.furnish_firm)


def _merging() -> None:
    from fairlead.activities.models import ActivityLink, Pin, TaskLink
    from fairlead.records.duplicates.public import LinkedRows, merging

    merging.register(LinkedRows("activities", ActivityLink, beside=("activity_id",)))
    merging.register(LinkedRows("tasks", TaskLink, beside=("task_id",)))
    merging.register(LinkedRows("pins", Pin, beside=("event_id",)))


def _last_activity() -> None:
    from fairlead.activities.latest import MOVING, about, latest
    from fairlead.people.public import register_latest, rolling

    register_latest(latest)
    rolling.register_moving(MOVING, about)


def _engagement() -> None:
    from fairlead.people.public import engagement

    for key, label, icon, kind in (
        ("calls", "Calls", "phone", "call"), ("meetings", "Meetings", "calendar-event", "meeting"),
        ("emails", "Emails", "mail", "email"), ("notes", "Notes", "note", "note"),
    ):  # fmt: skip
        verb = "written" if kind == "note" else "logged"
        # What is about several people is logged on the first of its records and associated with the others.
        types = frozenset({f"{kind}.{verb}", f"{kind}.associated"})
        engagement.register(engagement.Measure(key, label, icon, types))


def _timeline() -> None:
    from fairlead.activities.guarding import readable
    from fairlead.activities.models import Kind
    from fairlead.activities.offering import offer_on
    from fairlead.activities.web import drawing

    for key, label in (
        ("notes", "Notes"),
        ("calls", "Calls"),
        ("emails", "Emails"),
        ("meetings", "Meetings"),
        ("tasks", "Tasks"),
    ):
        timeline.register_kind(key, label)
    for kind in Kind.values:
        timeline.register_artist(f"{kind}.", drawing.draw_activities)
    timeline.register_artist("task.", drawing.draw_tasks)
    timeline.register_artist("activity.", drawing.draw_nothing)
    timeline.register_pins(drawing.pinned, drawing.pin_url)
    timeline.register_guard(readable)
    for noun in ("contact", "company"):
        offer_on(noun)


def _pages() -> None:
    from fairlead.activities.web.snippets import address

    live.set_inserts_source(address)
    items.register(
        Item("my_tasks", "My tasks", "checkbox", "activities:my-tasks", "start", 20, "tasks.view", shortcut="t")
    )
    words = "todo due today overdue"
    commands.register(
        Command("next", "My next tasks", "checkbox", "activities:task-widget", 8, "tasks.view", True, words)
    )
    items.register(Item("notes", "Notes and calls", "note", "activities:activities", "work", 30, "notes.view"))
    items.register(Item("calls", "Call log", "phone", "activities:calls", "work", 40, "notes.view"))
    items.register(Item("snippets", "Snippets", "hash", "activities:snippets", "work", 60, "notes.view"))
    settings_items.register(Item("signature", "Signature", "signature", "activities:signature", "You", 6))
    settings_items.register(
        Item("activity_options", "Activity types", "category", "activities:options", "Records", 70, "notes.view")
    )
    user_items.register(UserItem("signature", "Signature", "signature", "activities:signature", 35))
    entries.register(QuickAdd("note", "Note", "note", "activities:quick-note", 5, "notes.edit", "ctrl+n n"))
    entries.register(QuickAdd("task", "Task", "checkbox", "activities:task-new", 6, "tasks.edit", "t"))
