"""Dialogs with a form whose values go to an action."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from fairlead.accounts.public import FirmRequest
from fairlead.shell.forms import ActionForm
from fairlead.shell.responses import is_partial


def make(request: FirmRequest, controls: Mapping[str, forms.Field], initial: Mapping[str, Any]) -> ActionForm:
    """Return a form of these fields, filled with what was posted."""
    form = ActionForm(request.POST if request.method == "POST" else None, initial=dict(initial))
    form.fields.update(controls)
    return form


def dialog(request: FirmRequest, form: ActionForm, *, title: str, submit: str = "Save", **more: Any) -> HttpResponse:
    """Show a form: in a dialog, as a page of its own without htmx, or alone with 422 when it was refused.

    `more`: text, bulk ("yes" posts the selection with it), danger, extra (a template drawn below the fields).
    """
    context = {"action": request.get_full_path(), "form": form, "title": title, "submit": submit, **more}
    if request.method == "POST":
        return render(request, "records/form.html", context, status=422)
    template = "records/dialog.html" if is_partial(request) else "records/dialog_page.html"
    return render(request, template, context)
