"""The page of note templates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access, richtext
from fairlead.activities.actions.templates import delete_template, save_template
from fairlead.activities.models import NoteTemplate
from fairlead.activities.web.drawing import url
from fairlead.activities.web.wording import in_words
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.shell import seen
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
    if found is not None and request.method == "POST":
        found = seen.locked(found)
    stored = {"name": found.name, "body": found.body} if found else {}
    values, errors = {"name": "", "body": "", **stored}, dict[str, list[str]]()
    if request.method == "POST":
        values = {n: request.POST.get(n, "") for n in values}
        try:
            seen.expect(request.POST.get(seen.NAME, ""), stored, values, in_words)
            save_template(values["name"], values["body"], by=request.actor, template_id=found.pk if found else None)
        except InvalidInput as refused:
            errors = refused.fields
        else:
            return done(request, "Template saved.", to=url(request, "templates"))
    context: dict[str, Any] = {"values": values, "errors": errors, "seen": seen.mark(stored)}
    title = f"Template {found.name}" if found else "New template"
    return dialog(request, None, title=title, template="activities/template_form.html", **context)
