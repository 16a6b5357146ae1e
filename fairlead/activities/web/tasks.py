"""My tasks, the team's, and the page of one task."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from fairlead.accounts.public import FirmRequest, Team, member_choices
from fairlead.activities import access, reads, recurrence, richtext, task_reads
from fairlead.activities.actions.blocking import open_blockers
from fairlead.activities.models import ChecklistItem, Repeat, Status, Task, TaskDependency, TaskReminder, TaskType
from fairlead.activities.web import task_own
from fairlead.activities.web.drawing import task_urls, url
from fairlead.activities.web.task_forms import reminder_words
from fairlead.events.public import Event, words
from fairlead.kernel.ids import read_id
from fairlead.people.public import kinds, record_url
from fairlead.records.public import nouns
from fairlead.shell.dialogs import dialog
from fairlead.tenancy.public import Actor


@require_GET
def mine(request: FirmRequest) -> HttpResponse:
    """Show what the member is to do, by when: `?type=&done=1`."""
    rows = task_reads.open_tasks(request.actor, member=request.actor.membership_id)
    return _page(request, rows, "mine", request.actor.membership_id)


@require_GET
def team(request: FirmRequest) -> HttpResponse:
    """Show what everybody is to do: `?member=&team=&type=&done=1`."""
    member, group = read_id(request.GET.get("member", "")), read_id(request.GET.get("team", ""))
    return _page(request, task_reads.open_tasks(request.actor, member=member, team=group), "team", member)


def _page(request: FirmRequest, rows: Any, tab: str, member: UUID | None) -> HttpResponse:
    kind, finished = request.GET.get("type", ""), request.GET.get("done") == "1"
    if kind in TaskType.values:
        rows = rows.filter(type=kind)
    found = task_reads.completed(request.actor, member=member, limit=50) if finished else []
    context = {
        "tab": tab, "asked": request.GET, "types": TaskType.choices, "finished": finished,
        "buckets": [] if finished else task_reads.buckets(request.actor, rows, zone()),
        "done_lines": task_reads.shown(request.actor, found), "counts": task_reads.counts(request.actor, rows, zone()),
        "members": member_choices(), "teams": Team.rows().order_by("name") if tab == "team" else [],
        "mine_url": url(request, "my-tasks"), "team_url": url(request, "team-tasks"),
        "new_url": url(request, "task-new"),
        "templates_url": url(request, "task-templates"), "feed_url": url(request, "calendar-feed"),
        "calls": reads.upcoming(request.actor, member=request.actor.membership_id, limit=5) if tab == "mine" else [],
        "scheduled_url": url(request, "calls-scheduled"), "home": url(request, "activities"),
        "open_url": _open_list(request), **task_urls(request),
        "bring_in_url": _bring_in(request) if tab == "mine" else "",
    }  # fmt: skip
    return render(request, "activities/tasks/mine.html", context)


def _bring_in(request: FirmRequest) -> str:
    """Return where contacts come in while a firm has none: a first day begins there, not with tasks. Else ""."""
    by = request.actor
    if not by.can("contacts.import") or nouns.get("contact").visible(by).exists():
        return ""
    return reverse("records:contacts-import", kwargs={"firm": request.firm.slug})


def _open_list(request: FirmRequest) -> str:
    """Return the address of the list of what is still to be done, what is due first on top."""
    still = {"field": "status", "op": "not_in", "value": [Status.DONE]}
    return kinds.list_url(request, "task", {"all": [still]}, sort="due_on")


def zone() -> ZoneInfo:
    """Return the zone of the member who is looking."""
    return ZoneInfo(timezone.get_current_timezone_name())


@require_GET
def page(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Show one task: what is to be done, how far it is, what was said."""
    task = access.task(request.actor, record_id)
    [line] = task_reads.shown(request.actor, [task])
    task = line.task
    context = {
        "line": line, "task": task, "description": richtext.shown(task.description),
        "steps": list(ChecklistItem.rows().filter(task=task).order_by("position", "id")),
        "blockers": open_blockers(task, request.actor), "waiting": _waiting(task, request.actor),
        "history": _history(task),
        "rule": recurrence.Rule(task.rrule).words if task.rrule else "", "repeat": Repeat(task.repeat).label,
        "reminders": _reminders(task), "comments_url": url(request, "task-comments", record_id=task.pk),
        "records": [(str(r), record_url(request, noun, r.pk)) for noun, r in line.records],
        "mine_url": url(request, "my-tasks"), "type_label": task_reads.type_label(task), "members": member_choices(),
        "own": task_own.facts(request, task), **task_urls(request), "may_delete": request.actor.can("tasks.delete"),
    }  # fmt: skip
    return render(request, "activities/tasks/page.html", context)


@require_GET
def widget(request: FirmRequest) -> HttpResponse:
    """Show the member's next tasks in a dialog over any page, from the palette."""
    rows = task_reads.open_tasks(request.actor, member=request.actor.membership_id)
    context = {
        "lines": task_reads.shown(request.actor, rows[:8]), "counts": task_reads.counts(request.actor, rows, zone()),
        "mine_url": url(request, "my-tasks"), "new_url": url(request, "task-new"), **task_urls(request),
    }  # fmt: skip
    return dialog(request, None, title="My next tasks", template="activities/tasks/widget.html", **context)


def _waiting(task: Task, by: Actor) -> list[Task]:
    ids = TaskDependency.rows().filter(blocker=task).values("task")
    return list(access.tasks(by).filter(pk__in=ids, completed_at=None).order_by("due_at", "id"))


def _history(task: Task) -> list[dict[str, Any]]:
    rows = Event.rows().filter(subject_noun="task", subject_id=task.pk).order_by("-occurred_at", "-id")[:50]
    return [{"at": e.occurred_at, "who": e.actor_label or "Fairlead", "words": words(e.type, e.data)} for e in rows]


def _reminders(task: Task) -> list[str]:
    rows = TaskReminder.rows().filter(task=task).order_by("minutes_before").values_list("minutes_before", flat=True)
    return [reminder_words(m).lower() for m in rows]
