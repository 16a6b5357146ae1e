"""The page of task templates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest, member_choices
from fairlead.activities import access, recurrence
from fairlead.activities.actions.task_templates import delete_task_template, save_task_template
from fairlead.activities.models import Priority, TaskTemplate, TaskType
from fairlead.activities.web import asked
from fairlead.activities.web.drawing import url
from fairlead.activities.web.task_forms import distances, rules
from fairlead.activities.web.wording import in_words
from fairlead.kernel.errors import InvalidInput
from fairlead.shell import seen
from fairlead.shell.dialogs import dialog
from fairlead.shell.responses import done


def page(request: FirmRequest) -> HttpResponse:
    """Show the firm's task templates."""
    found = access.task_templates(request.actor).order_by("name_norm")
    rows = [(t, recurrence.Rule(t.rrule).words if t.rrule else "") for t in found]
    context = {"rows": rows, "url": url(request, "task-templates"), "mine_url": url(request, "my-tasks"),
               "new_url": url(request, "task-new"), "may": request.actor.can("tasks.edit")}  # fmt: skip
    return render(request, "activities/tasks/templates.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Create a template."""
    request.actor.require("tasks.edit")
    return _form(request, None)


def edit(request: FirmRequest, template_id: UUID) -> HttpResponse:
    """Change a template."""
    request.actor.require("tasks.edit")
    return _form(request, access.task_template(request.actor, template_id))


@require_POST
def delete(request: FirmRequest, template_id: UUID) -> HttpResponse:
    """Delete a template."""
    delete_task_template(template_id, by=request.actor)
    return done(request, "Template deleted.", to=url(request, "task-templates"))


def _form(request: FirmRequest, found: TaskTemplate | None) -> HttpResponse:
    if found is not None and request.method == "POST":
        found = seen.locked(found)
    kept = _stored(found) if found else {}
    values: dict[str, Any] = kept or {"priority": Priority.NORMAL, "type": TaskType.TODO}
    error: InvalidInput | None = None
    if request.method == "POST":
        values = request.POST.dict() | {"assignees": request.POST.getlist("assignees")}
        try:
            seen.expect(request.POST.get(seen.NAME, ""), kept, values, in_words)
            save_task_template(_values(request), by=request.actor, template_id=found.pk if found else None)
        except InvalidInput as refused:
            error = refused
        else:
            return done(request, "Template saved.", to=url(request, "task-templates"))
    context: dict[str, Any] = {
        "values": values, "seen": seen.mark(kept), "errors": error.fields if error else {}, "types": TaskType.choices,
        "rules": rules(values), "priorities": Priority.choices,
        "reminders": distances({"reminders": [values.get("remind_minutes") or ""]}),
        "mentions": url(request, "mentions"),
        "members": [{"value": value, "label": label} for value, label in member_choices()],
    }  # fmt: skip
    title = f"Template {found.name}" if found else "New task template"
    return dialog(request, None, title=title, template="activities/tasks/template_form.html", **context)


def _values(request: FirmRequest) -> dict[str, Any]:
    typed = request.POST
    values: dict[str, Any] = {
        n: typed.get(n, "") for n in ("name", "title", "description", "type", "priority", "rrule")
    }
    values["due_in_days"] = asked.number(typed, "due_in_days")
    values["remind_minutes"] = asked.number(typed, "remind_minutes")
    values["checklist"] = typed.get("checklist", "").splitlines()
    values["assignees"] = asked.uuids(typed.getlist("assignees"))
    return values


def _stored(found: TaskTemplate) -> dict[str, Any]:
    values = {n: getattr(found, n) for n in ("name", "title", "description", "type", "priority", "rrule", "assignees")}
    blank = {n: "" if getattr(found, n) is None else str(getattr(found, n)) for n in ("due_in_days", "remind_minutes")}
    return values | blank | {"checklist": "\n".join(found.checklist)}
