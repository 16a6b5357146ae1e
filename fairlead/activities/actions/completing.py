"""Complete, reopen and snooze tasks; the next one of a series."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.activities import access, recurrence
from fairlead.activities.actions import task_values
from fairlead.activities.actions.blocking import named, open_blockers
from fairlead.activities.actions.task_events import places, task_event, tell_assignees
from fairlead.activities.models import (
    ChecklistItem,
    Repeat,
    Status,
    Task,
    TaskAssignment,
    TaskLink,
    TaskReminder,
)
from fairlead.events.public import Event, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.people.public import record_values
from fairlead.records.public import custom
from fairlead.tenancy.public import Actor

KEPT = ("title", "sort_key", "description", "text", "type", "priority", "owner_id", "assigned_by_id", "created_by_id",
        "source", "rrule", "repeat", "series", "series_start", "zone", "due_time")  # fmt: skip

DUE = ("due_on", "due_time", "due_at", "overdue_at", "zone")
BY_ITSELF = ("task.created", "task.reminded", "task.overdue")  # what becomes of a task that nobody touches


class Blocked(Conflict):
    """A task waits for others that are not done; `force` completes it all the same."""

    code = "blocked"


@transaction.atomic
def complete_task(task_id: UUID, *, by: Actor, force: bool = False) -> Task:
    """Complete a task; of a series the next one is made. A second time changes nothing.

    Raises `Blocked`, which names the tasks that it waits for, unless `force`.
    """
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    if task.is_done:
        return task
    waiting = open_blockers(task)
    if waiting and not force:
        names = named(waiting, by)
        raise Blocked(f"This waits for {names}. Complete {'it' if len(waiting) == 1 else 'them'} first, or force it.")
    task.completed_at, task.completed_by_id = clock.now(), by.membership_id
    task.status, task.version = Status.DONE, task.version + 1
    task.save(update_fields=["completed_at", "completed_by", "status", "version", "updated_at"])
    forced = {"forced": "yes"} if waiting else {}
    record_many([task_event("completed", task, by, forced)], by=by)
    if task.rrule and task.repeat == Repeat.COMPLETION:
        make_next(task, by=by)
    tell_assignees(task, by)
    return task


@transaction.atomic
def reopen_task(task_id: UUID, *, by: Actor, status: str = Status.OPEN) -> Task:
    """Open a completed task again; the next one of its series goes, if nobody has touched it."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    if not task.is_done:
        return task
    task.completed_at = task.completed_by = None
    task.status, task.version = status, task.version + 1
    task.save(update_fields=["completed_at", "completed_by", "status", "version", "updated_at"])
    if task.series and task.repeat == Repeat.COMPLETION:
        _take_back(task, by)
    record_many([task_event("reopened", task, by)], by=by)
    tell_assignees(task, by)
    return task


def _take_back(task: Task, by: Actor) -> None:
    """Delete the next task of a series unless somebody did anything with it: the log knows."""
    following = Task.rows().filter(series=task.series, series_number=task.series_number + 1, version=1).first()
    if following is None:
        return
    told = Event.rows().filter(subject_noun="task", subject_id=following.pk)
    if told.exclude(type__in=BY_ITSELF).exists():
        return
    record_values.forget_custom("task", [following])
    record_many([task_event("purged", following, by)], by=by)
    following.delete()


@transaction.atomic
def snooze_task(task_id: UUID, *, by: Actor, until: datetime | None = None, days: int | None = None) -> Task:
    """Put a task off until an instant, or by days from today on its own clock. Its reminders move along."""
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    if (until is None) == (days is None) or (days is not None and not 1 <= days <= 366):
        raise InvalidInput({"until": ["Say until when, or for how many days (1 to 366)."]})
    zone, was = task_values.zone_of(task), _when(task)
    if until is not None:
        if until <= clock.now():
            raise InvalidInput({"until": ["Choose a moment to come."]})
        wall = recurrence.wall(until, zone)
        task.due_on, task.due_time = wall.date(), wall.time().replace(microsecond=0)
    else:
        task.due_on = recurrence.wall(clock.now(), zone).date() + timedelta(days=days or 1)
    task_values.place_due(task)
    task.version += 1
    task.save(update_fields=[*DUE, "version", "updated_at"])
    task_values.set_reminders(task)
    data = {"until": f"{task.due_on:%-d %B %Y}", "was": was, "version": task.version}
    record_many([task_event("snoozed", task, by, data)], by=by)
    tell_assignees(task, by)
    return task


@transaction.atomic
def skip_task(task_id: UUID, *, by: Actor) -> Task:
    """Leave out this one of a series: the task becomes the next one, with its day.

    Raises `Conflict` for what is done, does not repeat, is the last one, or is followed by the next one already.
    """
    by.require("tasks.edit")
    task = access.task(by, task_id, lock=True)
    if task.is_done or not task.rrule:
        raise Conflict("It is done already." if task.is_done else "This task does not repeat.")
    if next_of(task) is not None:
        raise Conflict("The next one of its series is there already: delete this one, or complete it.")
    due = _due_after(task)
    if due is None:
        raise Conflict("This is the last one of its series: delete it, or complete it.")
    was = _when(task)
    task.due_on, task.series_number, task.version = due.date(), task.series_number + 1, task.version + 1
    task_values.place_due(task)
    task.save(update_fields=[*DUE, "series_number", "version", "updated_at"])
    task_values.set_reminders(task)
    data = {"until": f"{task.due_on:%-d %B %Y}", "was": was, "version": task.version}
    record_many([task_event("skipped", task, by, data)], by=by)
    tell_assignees(task, by)
    return task


def follow_owner(task: Task) -> None:
    """Let a locked task be due, and remind, on the clock of who answers for it: derived, so it moves no version."""
    if task_values.follow_owner(task):
        task.save(update_fields=[*DUE, "updated_at"])
        task_values.set_reminders(task)


def _when(task: Task) -> dict[str, Any]:
    """Return when a task is due, and which of its series it is, as `putting_back` reads it."""
    day, hour = (value.isoformat() if value else "" for value in (task.due_on, task.due_time))
    return {"due_on": day, "due_time": hour, "number": task.series_number}


def next_of(task: Task) -> Task | None:
    """Return the task that follows in the series, also one in the bin; None when there is none (yet)."""
    if task.series is None:
        return None
    found: Task | None = Task.rows().filter(series=task.series, series_number=task.series_number + 1).first()
    return found


def set_status(task: Task, status: str, *, by: Actor) -> Task:
    """Set how far a locked task is; done and not done any more go through their own verbs."""
    if status not in Status.values:
        raise InvalidInput({"status": ["Choose one of the offered values."]})
    if status == Status.DONE:
        return complete_task(task.pk, by=by)
    if task.is_done:
        return reopen_task(task.pk, by=by, status=status)
    task.status, task.version = status, task.version + 1
    task.save(update_fields=["status", "version", "updated_at"])
    record_many([task_event("updated", task, by, {"fields": "status"})], by=by)
    return task


def make_next(task: Task, *, by: Actor) -> Task | None:
    """Make the next task of a series, once however often this is called; None when the series has ended."""
    due = _next_due(task)
    if due is None:
        return None
    made = Task(**{n: getattr(task, n) for n in KEPT}, due_on=due.date(), series_number=task.series_number + 1)
    own = custom.custom_fields("task", archived=True)
    # Of what no two tasks may have alike, the next one has none.
    made.custom = {f.key: task.custom[f.key] for f in own if f.key in task.custom and not f.is_unique}
    task_values.place_due(made)
    Task.objects.bulk_create([made], ignore_conflicts=True)
    if not Task.rows().filter(pk=made.pk).exists():
        return None  # somebody was faster
    custom.index_values(own, [custom.Change(made.pk, {}, made.custom)])
    _copy_parts(task, made, by)
    record_many([task_event("created", made, by, {"series": str(made.series)})], by=by)
    tell_assignees(made, by)
    return made


def _next_due(task: Task) -> datetime | None:
    if task.due_on is None or task.series_start is None:
        return None
    rule = recurrence.Rule(task.rrule)
    now = recurrence.wall(clock.now(), task.zone)
    start = recurrence.wall(task.series_start, "UTC")
    due = datetime.combine(task.due_on, start.time())
    if task.repeat == Repeat.SCHEDULE:
        return rule.after(max(due, now), start=start, number=task.series_number)
    done = datetime.combine(now.date(), start.time())
    if rule.names_days:  # done on Saturday, "every Monday" is not the Monday that it was due on
        done = max(done, due)
    found = rule.after(done, start=done, number=task.series_number)
    if found is None or found > due:
        return found
    return rule.after(due, start=done, number=task.series_number)  # done days before: not again before it was due


def _due_after(task: Task) -> datetime | None:
    """Return when the one after a task that is left out is due: to come, and later than the task itself."""
    if task.due_on is None or task.series_start is None:
        return None
    start = recurrence.wall(task.series_start, "UTC")
    due = datetime.combine(task.due_on, start.time())
    late = max(due, recurrence.wall(clock.now(), task.zone))
    begun = start if task.repeat == Repeat.SCHEDULE else due
    return recurrence.Rule(task.rrule).after(late, start=begun, number=task.series_number)


def _copy_parts(task: Task, made: Task, by: Actor) -> None:
    TaskLink.objects.bulk_create([TaskLink(task=made, noun=noun, record_id=pk) for noun, pk in places(task)])
    TaskAssignment.objects.bulk_create(
        [
            TaskAssignment(task=made, member_id=a.member_id, assigned_by_id=a.assigned_by_id)
            for a in TaskAssignment.rows().filter(task=task)
        ]
    )
    steps = ChecklistItem.rows().filter(task=task).order_by("position")
    task_values.set_checklist(made, [step.text for step in steps])
    distances = TaskReminder.rows().filter(task=task).values_list("minutes_before", flat=True)
    task_values.set_reminders(made, list(distances))
