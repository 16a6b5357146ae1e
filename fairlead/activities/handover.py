"""What passes on when a member leaves: tasks still to be done, a place in the templates of tasks, calls and meetings
still to come, shared snippets."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from fairlead.accounts.public import handover
from fairlead.activities.actions import associating, completing
from fairlead.activities.actions.activities import facts, places
from fairlead.activities.actions.task_events import task_event
from fairlead.activities.models import Activity, Repeat, Snippet, Task, TaskAssignment, TaskTemplate
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.tenancy.public import Actor


class _Tasks:
    """Tasks that the leaver was to do.

    A task done before its day passes on too when the next of its series, made on that day, would be the leaver's.
    """

    def waiting(self, leaver: UUID) -> int:
        """Return how many there are, those in the bin too."""
        return self._of(leaver).count()

    @transaction.atomic
    def pass_on(self, leaver: UUID, successor: UUID, *, by: Actor, size: int) -> tuple[int, int]:
        """Let `successor` do some of them, and stand in the leaver's place in the templates of tasks."""
        found = list(self._of(leaver).order_by("pk").select_for_update(of=("self",), no_key=True)[:size])
        ids = [t.pk for t in found]
        TaskAssignment.rows().filter(task__in=ids, member_id=leaver).delete()
        made = [TaskAssignment(task=t, member_id=successor, assigned_by_id=by.membership_id) for t in found]
        TaskAssignment.objects.bulk_create(made, ignore_conflicts=True)
        Task.rows().filter(pk__in=ids, owner_id=leaver).update(owner_id=successor, version=F("version") + 1)
        for task in Task.rows().filter(pk__in=ids, owner_id=successor, completed_at=None):
            completing.follow_owner(task)
        data = {"name": handover.name_of(successor), "member": str(successor)}
        record_many([task_event("assigned", t, by, data) for t in found], by=by)
        _pass_on_templates(str(leaver), str(successor))
        return len(found), sum(task.deleted_at is None for task in found)

    @staticmethod
    def _of(leaver: UUID) -> QuerySet[Task]:
        recurs = Q(task__repeat=Repeat.SCHEDULE, task__overdue_at=None) & ~Q(task__rrule="")
        mine = TaskAssignment.rows().filter(Q(task__completed_at=None) | recurs, member_id=leaver).values("task")
        return Task.rows().filter(pk__in=mine)


class _Planned:
    """Calls and meetings that the leaver had planned."""

    def waiting(self, leaver: UUID) -> int:
        """Return how many there are."""
        return self._of(leaver).count()

    @transaction.atomic
    def pass_on(self, leaver: UUID, successor: UUID, *, by: Actor, size: int) -> tuple[int, int]:
        """Let `successor` hold some of them, an event for each."""
        found = list(self._of(leaver).order_by("pk").select_for_update(of=("self",), no_key=True)[:size])
        Activity.rows().filter(pk__in=[a.pk for a in found]).update(
            author_id=successor, version=F("version") + 1, updated_at=clock.now()
        )
        name, told = handover.name_of(successor), []
        for activity in found:
            place, seen = associating.first_place(places(activity), by)
            data = {**facts(activity), "to": name, "from_id": str(leaver), "to_id": str(successor)}
            told.append(associating.event(f"{activity.kind}.handed_over", place, seen, data))
        record_many(told, by=by)
        return len(found), len(found)

    @staticmethod
    def _of(leaver: UUID) -> QuerySet[Activity]:
        return Activity.rows().filter(author_id=leaver, deleted_at=None, scheduled_at__isnull=False, ended_at=None)


TASKS, PLANNED = _Tasks(), _Planned()


@transaction.atomic
def hand_over_snippets(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Let `successor` change the snippets that the leaver shared, an event for each; the leaver's own stay private."""
    data = {"to": handover.name_of(successor), "from_id": str(leaver), "to_id": str(successor)}
    shared = Snippet.rows().filter(created_by_id=leaver, owner=None).order_by("pk")
    found = list(shared.select_for_update(of=("self",), no_key=True))
    Snippet.rows().filter(pk__in=[s.pk for s in found]).update(created_by_id=successor, updated_at=clock.now())
    told = [NewEvent("snippet.handed_over", ("snippet", s.pk), data={**data, "name": s.shortcut}) for s in found]
    record_many(told, by=by)
    return len(found)


def _pass_on_templates(leaver: str, successor: str) -> None:
    for template in TaskTemplate.rows().filter(assignees__contains=[leaver]):
        named = [successor if pk == leaver else pk for pk in template.assignees]
        template.assignees = list(dict.fromkeys(named))
        template.save(update_fields=["assignees", "updated_at"])
