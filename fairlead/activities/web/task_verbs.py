"""The one-click verbs of tasks: complete, reopen, snooze, skip, assign, tick, delete."""

from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access, task_reads
from fairlead.activities.actions import checklists, completing, putting_back, task_values, tasks
from fairlead.activities.models import ChecklistItem, Repeat, Task
from fairlead.activities.web import asked
from fairlead.activities.web.drawing import task_urls, url
from fairlead.activities.web.task_forms import PARTS, first
from fairlead.kernel import dates
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.text import whole_number
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog, make
from fairlead.shell.forms import ActionForm
from fairlead.shell.responses import add_toast, done, is_partial, refresh_part

ENDS = "It repeats: without it no more of this series come. To leave out only this one, skip it instead."


@require_POST
def complete(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Complete a task, with Undo; what it still waits for is told unless `force=1`."""
    try:
        task = completing.complete_task(record_id, by=request.actor, force=request.POST.get("force") == "1")
    except completing.Blocked as error:
        return _blocked(request, record_id, error)
    undo = url(request, "task-reopen", record_id=record_id)
    said = f"“{task.title}” is done.{_followed(task)}"
    return done(request, said, to=_back(request), refresh=PARTS, undo_url=undo)


def _followed(task: Task) -> str:
    """Say what comes after a task of a series that is made anew whenever one is done."""
    if not task.rrule or task.repeat != Repeat.COMPLETION:
        return ""
    following = completing.next_of(task)
    if following is None:
        return " It was the last one."
    return "" if following.deleted_at else f" The next one is due on {dates.long_day(following.due_on)}."


@require_POST
def reopen(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Open a completed task again."""
    task = completing.reopen_task(record_id, by=request.actor)
    return done(request, f"“{task.title}” is open again.", to=_back(request), refresh=PARTS)


@require_POST
def skip(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Leave out this one of a series, with Undo."""
    task = completing.skip_task(record_id, by=request.actor)
    said = f"Skipped: “{task.title}” is due on {dates.long_day(task.due_on)}."
    undo = url(request, "task-put-back", record_id=record_id)
    return done(request, said, to=_back(request), refresh=PARTS, undo_url=undo)


@require_POST
def snooze(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Put a task off by `days`, with Undo."""
    days = whole_number(request.POST.get("days"))
    task = completing.snooze_task(record_id, by=request.actor, days=1 if days is None else days)
    undo = url(request, "task-put-back", record_id=record_id)
    said = f"Put off until {dates.long_day(task.due_on)}."
    return done(request, said, to=_back(request), refresh=PARTS, undo_url=undo)


@require_POST
def put_back(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Take back that a task was put off or skipped."""
    task = putting_back.put_back(record_id, by=request.actor)
    due = f"is due on {dates.long_day(task.due_on)} again" if task.due_on else "has no day again"
    return done(request, f"“{task.title}” {due}.", to=_back(request), refresh=PARTS)


def assign(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Give a task to others: a dialog, or at once with POST `assignees`."""
    task = access.task(request.actor, record_id)
    request.actor.require("tasks.edit")
    doers = [str(pk) for pk in task_reads.doers([task.pk]).get(task.pk, [])]
    form = make(request, {}, {"assignees": doers})
    widget = django_forms.SelectMultiple(attrs={"data-search": "1"})
    form.fields["assignees"] = django_forms.MultipleChoiceField(
        label="Who is to do it",
        choices=first(doers),
        widget=widget,
        required=False,
        help_text="The first answers for it.",
    )
    if request.method == "POST":
        try:
            form.typed()
            tasks.assign_task(record_id, asked.uuids(request.POST.getlist("assignees")), by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Assigned.", refresh=PARTS)
    return dialog(request, form, title=f"Assign “{task.title}”", submit="Assign")


def delete(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Ask, then delete a task, with Undo."""
    task = access.task(request.actor, record_id)
    request.actor.require("tasks.delete")
    if request.method == "POST":
        tasks.delete_tasks([record_id], by=request.actor)
        undo = url(request, "task-restore", record_id=record_id)
        here = f"/tasks/{record_id}/" in request.headers.get("HX-Current-URL", "")
        to = url(request, "my-tasks") if here or not is_partial(request) else ""
        return done(request, "Task deleted.", to=to, refresh=PARTS, undo_url=undo)
    text = ENDS if task.rrule and not task.is_done else ""
    return dialog(request, ActionForm(), title=f"Delete “{task.title}”?", submit="Delete", danger="yes", text=text)


@require_POST
def restore(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Bring a deleted task back."""
    if not tasks.restore_tasks([record_id], by=request.actor):
        raise NotFound
    return done(request, "The task is back.", to=_back(request), refresh=PARTS)


@require_POST
def add_step(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Add a step to the checklist."""
    error = ""
    try:
        checklists.add_step(record_id, request.POST.get("text", ""), by=request.actor)
    except InvalidInput as refused:
        error = refused.fields.get("text", [refused.message])[0]
    return _steps(request, record_id, error)


@require_POST
def tick(request: FirmRequest, item_id: UUID) -> HttpResponse:
    """Tick a step, or take the tick back (`off=1`)."""
    found = checklists.tick_step(item_id, by=request.actor, ticked=request.POST.get("off") != "1")
    return _steps(request, found.task_id)


def reword_step(request: FirmRequest, item_id: UUID) -> HttpResponse:
    """Say a step in other words."""
    step = access.checklist_item(request.actor, item_id)
    request.actor.require("tasks.edit")
    if request.method == "POST":
        step = seen.locked(step)
    widget = django_forms.TextInput(attrs={"maxlength": task_values.STEP})  # the action judges, and says so once
    control = django_forms.CharField(label="Step", required=False, widget=widget)
    form = make(request, {"text": control}, {"text": step.text})
    if request.method == "POST":
        try:
            checklists.rename_step(item_id, form.typed()["text"], by=request.actor)
        except InvalidInput as error:
            form.refuse(error)
        else:
            return done(request, "Step saved.", to=url(request, "task", record_id=step.task_id), refresh=PARTS)
    return dialog(request, form, title="Reword the step")


@require_POST
def remove_step(request: FirmRequest, item_id: UUID) -> HttpResponse:
    """Take a step away."""
    task_id = access.checklist_item(request.actor, item_id).task_id
    checklists.remove_step(item_id, by=request.actor)
    return _steps(request, task_id)


def _steps(request: FirmRequest, task_id: UUID, error: str = "") -> HttpResponse:
    task = access.task(request.actor, task_id)
    steps = list(ChecklistItem.rows().filter(task=task).order_by("position", "id"))
    context = {"task": task, "steps": steps, "step_error": error, **task_urls(request)}
    response = render(request, "activities/tasks/steps.html", context, status=422 if error else 200)
    refresh_part(response, "tasks")
    return response


def _back(request: FirmRequest) -> str:
    return "" if is_partial(request) else url(request, "my-tasks")


def _blocked(request: FirmRequest, record_id: UUID, error: completing.Blocked) -> HttpResponse:
    """Tell what a task waits for, and offer to complete it all the same."""
    task = access.task(request.actor, record_id)
    context = {"task": task, "text": error.message, **task_urls(request)}
    if not is_partial(request):
        return render(request, "activities/tasks/blocked_page.html", context, status=409)
    response = HttpResponse(status=204)
    add_toast(response, error.message, kind="error")
    return response
