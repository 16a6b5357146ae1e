"""What passes on when a member leaves: the tasks that are still to be done, and a place in the templates of tasks."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from fairlead.accounts.public import Membership
from fairlead.activities.actions.task_events import task_event
from fairlead.activities.models import Repeat, Task, TaskAssignment, TaskTemplate
from fairlead.events.public import record_many
from fairlead.tenancy.public import Actor


@transaction.atomic
def hand_over_tasks(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Let `successor` do what the leaver was to do; return how many tasks that are.

    A task done before its day passes on too when the next of its series, made on that day, would be the leaver's.
    """
    name = Membership.rows().select_related("user").get(pk=successor).user.name
    recurs = Q(task__repeat=Repeat.SCHEDULE, task__overdue_at=None) & ~Q(task__rrule="")
    mine = TaskAssignment.rows().filter(Q(task__completed_at=None) | recurs, member_id=leaver).values("task")
    found = list(Task.rows().filter(pk__in=mine).order_by("pk").select_for_update(of=("self",)))
    ids = [t.pk for t in found]
    TaskAssignment.rows().filter(task__in=ids, member_id=leaver).delete()
    made = [TaskAssignment(task=t, member_id=successor, assigned_by_id=by.membership_id) for t in found]
    TaskAssignment.objects.bulk_create(made, ignore_conflicts=True)
    Task.rows().filter(pk__in=ids, owner_id=leaver).update(owner_id=successor, version=F("version") + 1)
    data = {"name": name, "member": str(successor)}
    record_many([task_event("assigned", t, by, data) for t in found], by=by)
    _pass_on_templates(str(leaver), str(successor))
    return len(found)


def _pass_on_templates(leaver: str, successor: str) -> None:
    for template in TaskTemplate.rows().filter(assignees__contains=[leaver]):
        named = [successor if pk == leaver else pk for pk in template.assignees]
        template.assignees = list(dict.fromkeys(named))
        template.save(update_fields=["assignees", "updated_at"])
