"""Dialogs with a form whose values go to an action."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairlead.shell.forms import ActionForm, posted
from fairlead.shell.responses import is_partial


def make(
    request: HttpRequest, controls: Mapping[str, forms.Field], initial: Mapping[str, Any], *, watched: bool = False
) -> ActionForm:
    """Return a form of these fields, filled with what was posted.

    At the address of one thing, or `watched`, its `initial` values are what is stored: who saves second is told.
    """
    of_one_thing = request.resolver_match is not None and any(
        isinstance(value, UUID) for value in request.resolver_match.kwargs.values()
    )
    typed = posted(request)
    form = ActionForm(typed, initial=dict(initial), watched=watched or of_one_thing)
    form.fields.update(controls)
    return form


def dialog(
    request: HttpRequest,
    form: forms.Form | None,
    *,
    title: str,
    submit: str = "Save",
    template: str = "shell/dialog/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form: as a dialog's content, or as a page of its own without htmx; with 422 when it was refused.

    htmx gets a refused form alone, which takes the place of the one that was sent. `context`: text, hint, danger,
    action, bulk ("yes" posts the selection too), extra (a template below the fields).
    """
    context = {"action": request.get_full_path(), **context}
    context |= {"form": form, "title": title, "submit": submit, "inner": template}
    if request.method == "POST":
        return render(request, template if is_partial(request) else "shell/dialog/page.html", context, status=422)
    return render(request, "shell/dialog/dialog.html" if is_partial(request) else "shell/dialog/page.html", context)


def shown_once(
    request: HttpRequest, said: str, secrets: Sequence[tuple[str, str]], *, title: str, to: str
) -> HttpResponse:
    """Answer a form with what is never shown again, each secret with its label; `to` is where one goes on.

    It takes the form's place in the dialog, with the focus on `said`; without htmx it is a page of its own.
    """
    inner = "shell/dialog/shown_once.html"
    context = {"said": said, "secrets": secrets, "title": title, "to": to, "inner": inner}
    response = render(request, inner if is_partial(request) else "shell/dialog/page.html", context)
    response["Cache-Control"] = "no-store"
    return response
