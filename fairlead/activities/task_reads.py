"""Queries for pages and API of tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse

from fairlead.accounts.public import TeamMembership
from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.activities.models import (
    ChecklistItem,
    Comment,
    Task,
    TaskAssignment,
    TaskDependency,
    TaskLink,
    TaskType,
)
from fairlead.activities.reads import around, counted
from fairlead.kernel import clock
from fairlead.records.public import Record, next_tasks
from fairlead.tenancy.public import Actor, Firm

ICONS = {"todo": "checkbox", "call": "phone", "email": "mail", "meeting": "calendar-event", "lunch": "tools-kitchen-2"}
NextTask = next_tasks.NextTask
LATEST = 200
# Of those who are to do a task: whoever answers for it first, the others as they were added.
OWNER_FIRST = (Case(When(member=F("task__owner"), then=Value(0)), default=Value(1)), "created_at", "id")


@dataclass(frozen=True)
class Bucket:
    """Tasks that fall due in one stretch of time, and how many there are in all."""

    key: str
    label: str
    tasks: list["Shown"]


@dataclass(frozen=True)
class Shown:
    """A task with what a line of a list shows: the records that it is about, who does it, whether it is late."""

    task: Task
    records: list[tuple[str, Record]]
    members: list[Any]
    late: bool
    blocked: bool
    steps: int
    ticked: int
    comments: int = 0
    icon: str = field(default="checkbox")


def open_tasks(
    actor: Actor, *, member: UUID | None = None, team: UUID | None = None, about: About | None = None
) -> QuerySet[Any]:
    """Return tasks to be done: of a member, of a team's members, or about a record (of a company, about its people
    too); what is due first stands first."""
    rows = access.tasks(actor).filter(completed_at=None)
    if member is not None:
        rows = rows.filter(pk__in=TaskAssignment.rows().filter(member_id=member).values("task"))
    if team is not None:
        mates = TeamMembership.rows().filter(team_id=team).values("membership")
        rows = rows.filter(pk__in=TaskAssignment.rows().filter(member__in=mates).values("task"))
    if about is not None:
        rows = rows.filter(pk__in=TaskLink.rows().filter(record_id__in=around(actor, about)).values("task"))
    return rows.order_by("due_at", "priority", "id")


def completed(actor: Actor, *, member: UUID | None = None, limit: int = 20) -> list[Task]:
    """Return the tasks completed last, of a member or of everybody."""
    rows = access.tasks(actor).filter(completed_at__isnull=False)
    if member is not None:
        rows = rows.filter(pk__in=TaskAssignment.rows().filter(member_id=member).values("task"))
    return list(rows.order_by("-completed_at", "-id")[:limit])


def shown(actor: Actor, rows: QuerySet[Any] | Sequence[Task], known: access.Known = access.NOTHING) -> list[Shown]:
    """Return tasks as lists show them, in a few queries whatever their number; records `known` are not read again."""
    whole = rows if isinstance(rows, QuerySet) else Task.rows().filter(pk__in=[t.pk for t in rows])
    waiting = TaskDependency.rows().filter(task=OuterRef("pk"), blocker__completed_at=None, blocker__deleted_at=None)
    steps = ChecklistItem.rows().filter(task=OuterRef("pk"))
    whole = whole.select_related("completed_by__user").annotate(
        blocked=Exists(waiting), steps=counted(steps), ticked=counted(steps.filter(ticked_at__isnull=False)),
        said=counted(Comment.rows().filter(task=OuterRef("pk"), deleted_at=None)),
    )  # fmt: skip
    links = Prefetch("links", TaskLink.rows().order_by("created_at", "id"))
    doers = Prefetch("assignments", TaskAssignment.rows().select_related("member__user").order_by(*OWNER_FIRST))
    found = list(whole.prefetch_related(links, doers))
    records = access.records(actor, [(x.noun, x.record_id) for t in found for x in t.links.all()], known)
    now, by_id = clock.now(), {t.pk: t for t in found}
    ordered = found if isinstance(rows, QuerySet) else [by_id[t.pk] for t in rows if t.pk in by_id]
    return [_shown(task, records, now) for task in ordered]


def _shown(task: Any, records: Mapping[UUID, tuple[str, Record]], now: datetime) -> Shown:
    about = [records[x.record_id] for x in task.links.all() if x.record_id in records]
    late = not task.is_done and task.due_at is not None and task.due_at < now
    members = [a.member for a in task.assignments.all()]
    return Shown(
        task, about, members, late, task.blocked, task.steps, task.ticked, task.said, ICONS.get(task.type, "checkbox")
    )


def buckets(actor: Actor, rows: QuerySet[Any], zone: ZoneInfo, *, limit: int = LATEST) -> list[Bucket]:
    """Return open tasks by when they fall due on the clock of `zone`, empty stretches left out; at most `limit`."""
    edges = _edges(zone)
    found: dict[str, list[Shown]] = {}
    for line in shown(actor, rows[:limit]):
        found.setdefault(_bucket(line.task, edges), []).append(line)
    labels = {"overdue": "Overdue", "today": "Today", "tomorrow": "Tomorrow", "week": "This week", "later": "Later",
              "none": "Without a date"}  # fmt: skip
    return [Bucket(key, label, found[key]) for key, label in labels.items() if key in found]


def _edges(zone: ZoneInfo) -> list[tuple[str, datetime]]:
    now = clock.now()
    midnight = datetime.combine(now.astimezone(zone).date(), time.min)
    days = {"today": 1, "tomorrow": 2, "week": max(2, 7 - midnight.weekday())}
    return [("overdue", now), *((k, (midnight + timedelta(days=d)).replace(tzinfo=zone)) for k, d in days.items())]


def _bucket(task: Task, edges: Sequence[tuple[str, datetime]]) -> str:
    if task.due_at is None:
        return "none"
    return next((key for key, edge in edges if task.due_at < edge), "later")


def counts(actor: Actor, rows: QuerySet[Any], zone: ZoneInfo) -> dict[str, int]:
    """Return how many of some open tasks are overdue, due today, and open at all."""
    edges = dict(_edges(zone))
    late, today = Q(due_at__lt=edges["overdue"]), Q(due_at__gte=edges["overdue"], due_at__lt=edges["today"])
    counted: dict[str, int] = rows.order_by().aggregate(
        overdue=Count("pk", filter=late), today=Count("pk", filter=today), open=Count("pk")
    )
    return counted


def next_task_of(noun: str, ids: Sequence[UUID], by: Actor) -> dict[UUID, NextTask]:
    """Return the open task that is due first of each of some records; records without one are left out.

    One query for the links and one for the tasks, however many records there are.
    """
    if not by.can("tasks.view"):
        return {}
    links = TaskLink.rows().filter(noun=noun, record_id__in=ids).values_list("record_id", "task_id")
    of_task: dict[UUID, list[UUID]] = {}
    for record_id, task_id in links:
        of_task.setdefault(task_id, []).append(record_id)
    rows = access.tasks(by).filter(pk__in=list(of_task), completed_at=None).order_by("due_at", "id")
    slug = Firm.objects.only("slug").get(pk=by.firm_id).slug if of_task else ""
    found: dict[UUID, NextTask] = {}
    for task in rows:
        for record_id in of_task[task.pk]:
            found.setdefault(record_id, _next(task, slug))
    return found


def _next(task: Task, slug: str) -> NextTask:
    url = reverse("activities:task", kwargs={"firm": slug, "record_id": task.pk})
    return NextTask(task.title, task.due_at, url, ICONS.get(task.type, "checkbox"))


def type_label(task: Task) -> str:
    """Return what kind of thing is to be done, in words."""
    return str(TaskType(task.type).label)


def doers(ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Return the members who are to do tasks, by task."""
    rows = TaskAssignment.rows().filter(task__in=ids).order_by(*OWNER_FIRST)
    found: dict[UUID, list[UUID]] = {}
    for task, member in rows.values_list("task_id", "member_id"):
        found.setdefault(task, []).append(member)
    return found
