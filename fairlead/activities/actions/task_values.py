"""Judging what a task is to be, and keeping what follows from it in step: due instant, reminders, series."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.activities import access, recurrence, richtext
from fairlead.activities.actions import associating
from fairlead.activities.models import ChecklistItem, Repeat, Task, TaskReminder
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.people.public import record_values
from fairlead.records.public import Field, cleaning, nouns
from fairlead.tenancy.public import Firm

TITLE, STEP, STEPS, REMINDERS = 300, 300, 100, 10
FURTHEST = 366 * 24 * 60  # minutes
NO_ZONE = "UTC"  # of a login that has chosen none: the firm's holds
REMINDED = "reminder_minutes"  # what events call the reminders of a task
END_OF_DAY = time(23, 59, 59)
EXTRA = ("description", "due_time", "rrule", "repeat")  # values beside the noun's own fields


def fields() -> dict[str, Field]:
    """Return the standard fields by name."""
    return nouns.get("task").standard_fields


def assign(task: Task, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set field values on a task; return what changed: name to [before, after] as JSON. Raises `InvalidInput`."""
    known = fields()
    before = {n: getattr(task, n) for n in EXTRA}
    own = {n: v for n, v in values.items() if n in EXTRA}
    cleaned = cleaning.clean_values(known.values(), {n: v for n, v in values.items() if n not in EXTRA})
    changes = record_values.assign(task, known, cleaned)
    _title(task)
    if "description" in own:
        task.description = associating.clean_body(own["description"] or "")
        task.text = richtext.plain(task.description)
    if "due_time" in own:
        task.due_time = _time(own["due_time"])
    _rule(task, own)
    for name in EXTRA:
        if before[name] != getattr(task, name):
            changes[name] = [record_values.as_json(before[name]), record_values.as_json(getattr(task, name))]
    if {"due_on", "due_time"} & set(changes) or task._state.adding:
        place_due(task)
    return changes


def place_due(task: Task) -> None:
    """Work out the instant at which a task is due, on the clock of who answers for it."""
    task.overdue_at = None
    if task.due_on is None:
        task.due_at, task.due_time = None, None
        return
    task.zone = zone_of(task)
    task.due_at = recurrence.place(datetime.combine(task.due_on, task.due_time or END_OF_DAY), task.zone)


def follow_owner(task: Task) -> bool:
    """Let a task's day end on the clock of who answers for it now; tells whether that is another moment.

    A time that was said stays the moment that it is.
    """
    if task.due_on is None or task.due_time is not None:
        return False
    due, noticed = task.due_at, task.overdue_at
    place_due(task)
    if task.due_at == due:
        task.overdue_at = noticed
    return task.due_at != due


def zone_of(task: Task) -> str:
    """Return the zone of the task's owner, else the firm's."""
    owner = Membership.rows().select_related("user").filter(pk=task.owner_id).first() if task.owner_id else None
    if owner is not None and owner.user.time_zone != NO_ZONE:
        return owner.user.time_zone
    return Firm.objects.only("time_zone").get(pk=task.firm_id or access.NOBODY).time_zone


def changed_reminders(task: Task, parts: Mapping[str, Any]) -> dict[str, list[list[int]]]:
    """Return how the reminders that are asked for differ from those there are, in minutes before: [before, after]."""
    if parts.get("reminders") is None:
        return {}
    rows = TaskReminder.rows().filter(task=task).order_by("minutes_before")
    before, after = list(rows.values_list("minutes_before", flat=True)), sorted(set(parts["reminders"]))
    return {REMINDED: [before, after]} if before != after else {}


def set_reminders(task: Task, minutes: Iterable[int] | None = None) -> None:
    """Replace the reminders, or with None place those there are by the due instant as it is now.

    One that was sent stays sent, unless the task is due later than it was then.
    """
    if minutes is not None:
        wanted = sorted(set(minutes))
        if len(wanted) > REMINDERS or any(not 0 <= m <= FURTHEST for m in wanted):
            raise InvalidInput({"reminders": [f"At most {REMINDERS}, each 0 to {FURTHEST} minutes before."]})
        TaskReminder.rows().filter(task=task).exclude(minutes_before__in=wanted).delete()
        new = [TaskReminder(task=task, minutes_before=m) for m in wanted]
        TaskReminder.objects.bulk_create(new, ignore_conflicts=True)
    for reminder in TaskReminder.rows().filter(task=task):
        at = task.due_at - timedelta(minutes=reminder.minutes_before) if task.due_at else None
        if at != reminder.remind_at:
            later = reminder.remind_at is None or (at is not None and at > reminder.remind_at)
            sent = None if later else reminder.sent_at
            TaskReminder.rows().filter(pk=reminder.pk).update(remind_at=at, sent_at=sent)


def clean_steps(texts: Sequence[str]) -> list[str]:
    """Return the texts of steps, without empty ones; raise `InvalidInput` when they do not fit."""
    said = [squeeze(text) for text in texts if squeeze(text)]
    if len(said) > STEPS or any(len(text) > STEP for text in said):
        raise InvalidInput({"checklist": [f"At most {STEPS} steps of at most {STEP} characters fit."]})
    return said


def set_checklist(task: Task, texts: Sequence[str]) -> None:
    """Give a new task its steps."""
    said = clean_steps(texts)
    ChecklistItem.objects.bulk_create([ChecklistItem(task=task, text=t, position=i) for i, t in enumerate(said)])


def members(ids: Sequence[UUID]) -> list[Membership]:
    """Return the members in the order of `ids`; raise `InvalidInput` when one is not active here."""
    found = {m.pk: m for m in associating.members(ids)}
    if any(pk not in found for pk in ids):
        raise InvalidInput({"assignees": ["Nobody active in this firm has this id."]})
    return [found[pk] for pk in dict.fromkeys(ids)]


def _title(task: Task) -> None:
    task.title = squeeze(task.title or "")
    if not 0 < len(task.title) <= TITLE:
        raise InvalidInput({"title": [f"Say in 1 to {TITLE} characters what is to be done."]})
    task.sort_key = fold(task.title)


def _time(value: Any) -> time | None:
    if value in (None, ""):
        return None
    try:
        found = value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError:
        raise InvalidInput({"due_time": ["A time such as 14:30 is expected."]}) from None
    return found.replace(tzinfo=None, microsecond=0)


def _rule(task: Task, own: Mapping[str, Any]) -> None:
    if "repeat" in own:
        task.repeat = own["repeat"] or Repeat.COMPLETION
        if task.repeat not in Repeat.values:
            raise InvalidInput({"repeat": ["Choose completion or schedule."]})
    if "rrule" in own:
        task.rrule = recurrence.Rule.parse(own["rrule"]).text if own["rrule"] else ""
    if not task.rrule:
        return
    if task.due_on is None:
        raise InvalidInput({"due_on": ["A task that repeats needs a due date."]})
    if task.series is None or "rrule" in own:
        task.series = task.series or task.pk
        naive = datetime.combine(task.due_on, task.due_time or time.min)
        task.series_start = recurrence.place(naive, "UTC")
