"""The page of note templates."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access, richtext
from fairlead.activities.actions.templates import delete_template, save_template
from fairlead.activities.models import NoteTemplate
from fairlead.activities.web.drawing import url
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.shell.dialogs import dialog
from fairlead.shell.responses import done


def page(request: FirmRequest) -> HttpResponse:
    """Show the firm's note templates."""
    rows = [(t, richtext.plain(t.body)) for t in access.templates(request.actor).order_by("name_norm")]
    context = {"rows": rows, "url": url(request, "templates"), "notes_url": url(request, "activities"),
               "may": request.actor.can("notes.edit")}  # fmt: skip
    return render(request, "activities/templates.html", context)


def new(request: FirmRequest) -> HttpResponse:
    """Create a template."""
    request.actor.require("notes.edit")
    return _form(request, None)


def edit(request: FirmRequest, template_id: UUID) -> HttpResponse:
    """Change a template."""
    request.actor.require("notes.edit")
    found = access.templates(request.actor).filter(pk=template_id).first()
    if found is None:
        raise NotFound
    return _form(request, found)


@require_POST
def delete(request: FirmRequest, template_id: UUID) -> HttpResponse:
    """Delete a template (POST)."""
    delete_template(template_id, by=request.actor)
    return done(request, "Template deleted.", to=url(request, "templates"))


def _form(request: FirmRequest, found: NoteTemplate | None) -> HttpResponse:
    name, body, error = (found.name, found.body, "") if found else ("", "", "")
    if request.method == "POST":
        name, body = request.POST.get("name", ""), request.POST.get("body", "")
        try:
            save_template(name, body, by=request.actor, template_id=found.pk if found else None)
        except InvalidInput as refused:
            error = refused.message
        else:
            return done(request, "Template saved.", to=url(request, "templates"))
    context = {"name": name, "body": body, "error": error}
    title = f"Template {found.name}" if found else "New template"
    return dialog(request, None, title=title, template="activities/template_form.html", **context)
