"""The form of a task: above a timeline, as a dialog on every page, and for changing one."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.public import FirmRequest, member_choices
from fairlead.activities import access, recurrence, task_reads
from fairlead.activities.access import About
from fairlead.activities.actions import task_templates, tasks
from fairlead.activities.actions.task_events import places
from fairlead.activities.models import Priority, Repeat, Task, TaskDependency, TaskReminder, TaskType
from fairlead.activities.web import asked, task_own
from fairlead.activities.web.drawing import url
from fairlead.activities.web.wording import in_words
from fairlead.kernel.errors import InvalidInput, StaleVersion
from fairlead.kernel.ids import read_id
from fairlead.kernel.text import counted, fold, prefix_end, whole_number
from fairlead.people.public import record_url
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog
from fairlead.shell.forms import ActionForm, Beside
from fairlead.shell.responses import add_toast, done, is_partial, refresh_part

PARTS = ("tasks", "timeline", "list", "panel-open-tasks-contact", "panel-open-tasks-company", "panel-open-tasks-deal")
REMINDERS = (("0", "When it is due"), ("10", "10 minutes before"), ("60", "1 hour before"), ("1440", "1 day before"),
             ("2880", "2 days before"), ("10080", "1 week before"))  # fmt: skip
RULES = (
    ("", "Does not repeat"), ("FREQ=DAILY", "Every day"), ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
    ("FREQ=WEEKLY", "Every week"), ("FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks"), ("FREQ=MONTHLY", "Every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "On the last day of the month"), ("FREQ=MONTHLY;INTERVAL=3", "Every 3 months"),
    ("FREQ=YEARLY", "Every year"),
)  # fmt: skip
UNITS = ((10_080, "week"), (1_440, "day"), (60, "hour"), (1, "minute"))  # minutes
STALE = "Somebody changed this task since you opened it. Saving again replaces what they did."
LABELS = {
    "type": "Type", "priority": "Priority", "assignees": "Who is to do it", "about": "About", "blockers": "Waits for",
    "description": "Description", "reminders": "Reminders", "repeat": "The next one",
}  # fmt: skip
LISTS = ("assignees", "about", "reminders", "blockers")


@require_POST
def add(request: FirmRequest) -> HttpResponse:
    """Create a task from the form above a timeline."""
    about, own = request.POST.getlist("about"), task_own.form(request, typed=True, short=True)
    try:
        tasks.create_task(values_of(request) | task_own.values(own), by=request.actor)
    except InvalidInput as error:
        refused = task_own.refuse(own, error)
        return HttpResponse(compose_task(request, about, typed_of(request), refused, own), status=422)
    if not is_partial(request):
        found = asked.places(about)
        return redirect(record_url(request, *found[0]) if found else url(request, "my-tasks"))
    response = HttpResponse(compose_task(request, about))
    add_toast(response, "Task created.")
    refresh_part(response, *PARTS)
    return response


def new(request: FirmRequest) -> HttpResponse:
    """Create a task from any page: `?about=` a record, `?template=` what it begins with."""
    request.actor.require("tasks.edit")
    come = request.GET.getlist("about") or [asked.coming_from(request)]
    values: dict[str, Any] = {"about": [a for a in come if a]} | _of_template(request)
    error: InvalidInput | None = None
    own = task_own.form(request, typed=request.method == "POST")
    if request.method == "POST":
        try:
            tasks.create_task(values_of(request) | task_own.values(own), by=request.actor)
        except InvalidInput as refused:
            error, values = task_own.refuse(own, refused), typed_of(request)
        else:
            return done(request, "Task created.", refresh=PARTS)
    context = fields_of(request, values, error) | {"own": own}
    context["templates"] = access.task_templates(request.actor).order_by("name_norm").only("name")
    return dialog(
        request, None, title="New task", template="activities/tasks/form.html", submit="Create task", **context
    )


def edit(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Change a task."""
    task = access.task(request.actor, record_id)
    request.actor.require("tasks.edit")
    values, error = stored(task), None
    own = task_own.form(request, task, typed=request.method == "POST")
    own.beside = _beside(request, values)
    if request.method == "POST":
        values = typed_of(request)
        try:
            changed = values_of(request) | task_own.values(own)
            tasks.update_task(task.pk, changed, by=request.actor, version=task.version)
        except StaleVersion:
            error = InvalidInput(STALE)
        except InvalidInput as refused:
            error = task_own.refuse(own, refused)
        else:
            return done(request, "Task saved.", refresh=PARTS)
    context = fields_of(request, values, error) | {"editing": True, "own": own}
    return dialog(request, None, title="Edit task", template="activities/tasks/form.html", submit="Save", **context)


@require_GET
def choices(request: FirmRequest) -> JsonResponse:
    """Answer with open tasks whose title begins with `?q=`, for pickers of tasks."""
    typed = fold(request.GET.get("q", ""))
    rows = access.tasks(request.actor).filter(completed_at=None).order_by("sort_key", "id")
    if typed:
        rows = rows.filter(sort_key__gte=typed, sort_key__lt=prefix_end(typed))
    found = [{"value": str(pk), "label": title} for pk, title in rows.values_list("pk", "title")[:15]]
    return JsonResponse(found, safe=False)


def compose_task(
    request: FirmRequest,
    about: list[str],
    values: Mapping[str, Any] | None = None,
    error: InvalidInput | None = None,
    own: ActionForm | None = None,
) -> SafeString:
    """Return the short form above a timeline."""
    context = fields_of(request, {"about": about, **(values or {})}, error)
    context |= {"action": url(request, "task-add"), "own": own or task_own.form(request, typed=False, short=True)}
    return render_to_string("activities/tasks/composer.html", context, request=request)


def fields_of(request: FirmRequest, values: Mapping[str, Any], error: InvalidInput | None = None) -> dict[str, Any]:
    """Return what the form shows and offers."""
    picked = asked.chosen(request, list(values.get("about") or ()))
    doers = [str(pk) for pk in values.get("assignees") or [request.actor.membership_id]]
    waits = access.tasks(request.actor).filter(pk__in=asked.uuids(list(values.get("blockers") or ())))
    return {
        "values": values, "errors": error.fields if error else {}, "error": _general(error), "rules": rules(values),
        "types": TaskType.choices, "priorities": Priority.choices, "repeats": Repeat.choices,
        "reminders": distances(values),
        "members": [{"value": pk, "label": name} for pk, name in first(doers)], "assignees": doers, **picked,
        "blockers": [{"value": str(pk), "label": title} for pk, title in waits.values_list("pk", "title")],
        "records_url": url(request, "record-choices"), "tasks_choices_url": url(request, "task-choices"),
        "mentions": url(request, "mentions"), "more": bool(error) or bool(values.get("rrule")),
    }  # fmt: skip


def first(chosen: Sequence[str]) -> list[tuple[str, str]]:
    """Return the members as choices, the chosen ones first in their order: the first of them answers for the task."""
    at = {pk: place for place, pk in enumerate(chosen)}
    return sorted(member_choices(), key=lambda choice: at.get(choice[0], len(at)))


def rules(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how a task may repeat: the usual rules, and the one that it has."""
    rule = values.get("rrule") or ""
    return list(RULES) if rule in dict(RULES) else [*RULES, (rule, _sentence(recurrence.said(rule)))]


def distances(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how long before a task may remind: the usual ones, and those that it has."""
    usual = dict(REMINDERS)
    further = {m: whole_number(m) for m in values.get("reminders") or () if m not in usual}
    own = {m: reminder_words(minutes) for m, minutes in further.items() if minutes is not None}
    return sorted((usual | own).items(), key=lambda pair: int(pair[0]))


def reminder_words(minutes: int) -> str:
    """Return a distance of a reminder as people say it: "30 minutes before"."""
    found = dict(REMINDERS).get(str(minutes))
    if found:
        return found
    each, unit = next((each, unit) for each, unit in UNITS if minutes % each == 0)
    return f"{counted(minutes // each, unit)} before"


def values_of(request: FirmRequest) -> dict[str, Any]:
    """Return the values that the form posts, as the action takes them."""
    typed = request.POST
    plain = ("title", "description", "type", "priority", "due_on", "due_time", "repeat")
    values: dict[str, Any] = {name: typed[name] for name in plain if name in typed}
    if "rrule" in typed:
        values["rrule"] = typed.get("rrule_own") or typed["rrule"]
    if "checklist" in typed:
        values["checklist"] = typed["checklist"].splitlines()
    if "parts" in typed:  # the whole form: an empty choice means none
        values["assignees"] = asked.uuids(typed.getlist("assignees"))
        values["reminders"] = [n for m in typed.getlist("reminders") if (n := whole_number(m)) is not None]
        values["about"] = asked.places(typed.getlist("about"))
        values["blockers"] = asked.uuids(typed.getlist("blockers"))
    else:
        values["about"] = asked.places(typed.getlist("about"))
        values["assignees"] = asked.uuids(typed.getlist("assignees"))
    return values


def typed_of(request: FirmRequest) -> dict[str, Any]:
    """Return what was typed, to be shown again."""
    return request.POST.dict() | {name: request.POST.getlist(name) for name in LISTS}


def stored(task: Task) -> dict[str, Any]:
    """Return what a task is, as the form shows it."""
    about: list[About] = places(task)
    return {
        "title": task.title, "description": task.description, "type": task.type, "priority": task.priority,
        "due_on": task.due_on.isoformat() if task.due_on else "",
        "due_time": task.due_time.strftime("%H:%M") if task.due_time else "",
        "rrule": task.rrule, "repeat": task.repeat, "assignees": task_reads.doers([task.pk]).get(task.pk, []),
        "about": [f"{noun}:{pk}" for noun, pk in about],
        "reminders": [str(m) for m in TaskReminder.rows().filter(task=task).values_list("minutes_before", flat=True)],
        "blockers": [str(pk) for pk in TaskDependency.rows().filter(task=task).values_list("blocker_id", flat=True)],
    }  # fmt: skip


def _of_template(request: FirmRequest) -> dict[str, Any]:
    pk = read_id(request.GET.get("template", ""))
    if pk is None:
        return {}
    filled = task_templates.filled(access.task_template(request.actor, pk))
    return filled | {"checklist": "\n".join(filled.get("checklist", ())), "template": str(pk),
                     "reminders": [str(m) for m in filled.get("reminders", ())]}  # fmt: skip


def _beside(request: FirmRequest, kept: Mapping[str, Any]) -> dict[str, Beside]:
    """Return what the form draws by hand as it is stored and typed, for who is told that a colleague changed it."""
    typed, is_whole = typed_of(request), "parts" in request.POST
    posted = {name for name in kept if name in request.POST or (is_whole and name in LISTS)}
    return {
        name: Beside(value, typed[name] if name in posted else value, partial(_shown, request, name, value))
        for name, value in kept.items()
    }


def _shown(request: FirmRequest, name: str, value: Any) -> str:
    if name == "about":
        return ", ".join(option["label"] for option in asked.chosen(request, value)["chosen"])
    if name == "reminders":
        return ", ".join(reminder_words(int(minutes)) for minutes in value)
    if name == "blockers":
        return ", ".join(access.tasks(request.actor).filter(pk__in=value).values_list("title", flat=True))
    return in_words(name, value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]  # str.capitalize would write "monday"


def _general(error: InvalidInput | None) -> str:
    if error is None:
        return ""
    at_fields = ("title", "due_on", "due_time", "rrule")
    above = {path: texts for path, texts in error.fields.items() if path not in at_fields}
    named = error.code == seen.STALE
    return " ".join(f"{LABELS.get(p, p)}: {text}" if named else text for p, texts in above.items() for text in texts)
