"""Remind of tasks, once: the mark and the event commit together, and notices are made from the event."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.activities.actions.completing import follow_owner, make_next
from fairlead.activities.actions.task_events import task_event, tell_assignees
from fairlead.activities.actions.task_values import NO_ZONE
from fairlead.activities.models import Repeat, Task, TaskReminder
from fairlead.events.public import record_many
from fairlead.kernel import clock
from fairlead.tenancy.public import firm_context, system_actor

BATCH = 200
STALE = timedelta(days=2)  # after a long standstill nobody wants to be reminded of what is long overdue


def remind(firm_id: UUID) -> int:
    """Send a batch of the firm's due reminders; return how many were taken in hand.

    Workers pass over each other's rows. What is done, deleted or stale is only marked.
    """
    with firm_context(firm_id):
        now, by = clock.now(), system_actor(firm_id)
        due = TaskReminder.rows().filter(sent_at=None, remind_at__lte=now).order_by("remind_at", "id")
        found = list(due.select_for_update(of=("self",), skip_locked=True).select_related("task")[:BATCH])
        TaskReminder.rows().filter(pk__in=[r.pk for r in found]).update(sent_at=now)
        fresh = [r for r in found if _is_wanted(r.task) and r.remind_at and r.remind_at > now - STALE]
        record_many([task_event("reminded", r.task, by, {"minutes": r.minutes_before}) for r in fresh], by=by)
        return len(found)


def note_overdue(firm_id: UUID) -> int:
    """Tell once of each task that has fallen overdue, and make the next one of a series that goes by its schedule."""
    with firm_context(firm_id):
        now, by = clock.now(), system_actor(firm_id)
        late = Task.rows().filter(deleted_at=None, overdue_at=None, due_at__lte=now).order_by("due_at", "id")
        found = list(late.select_for_update(of=("self",), skip_locked=True)[:BATCH])
        Task.rows().filter(pk__in=[t.pk for t in found]).update(overdue_at=now)
        for task in found:
            if task.rrule and task.repeat == Repeat.SCHEDULE:
                make_next(task, by=by)
            if not task.is_done:
                record_many(
                    [task_event("overdue", task, by)] if task.due_at and task.due_at > now - STALE else [], by=by
                )
                tell_assignees(task, by)
        return len(found)


def _is_wanted(task: Task) -> bool:
    return task.completed_at is None and task.deleted_at is None


def place_anew(members: Collection[UUID]) -> None:
    """Let the days of open tasks end on the clocks of those who answer for them, who have another time zone now."""
    for task in _days().filter(owner__in=members).order_by("pk").select_for_update(of=("self",), no_key=True):
        follow_owner(task)


def place_by_firm(firm_id: UUID, after: UUID) -> UUID | None:
    """Let the days of a batch of open tasks end on the firm's clock, where nobody with a clock of their own has them.

    Returns the last task of the batch, after which the next one begins; None at the end.
    """
    with firm_context(firm_id):
        rows = _days().filter(Q(owner=None) | Q(owner__user__time_zone=NO_ZONE), pk__gt=after).order_by("pk")
        found = list(rows.select_for_update(of=("self",), no_key=True)[:BATCH])
        for task in found:
            follow_owner(task)
        return found[-1].pk if found else None


def _days() -> QuerySet[Any]:
    """Return the open tasks that are due on a day, at no time that was said."""
    return Task.rows().filter(completed_at=None, due_on__isnull=False, due_time=None)
