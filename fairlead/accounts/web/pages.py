"""What the pages of this room share: dialogs with a form, and forms that call an action."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairlead.accounts.web.forms import add_errors
from fairlead.kernel.errors import FairleadError, InvalidInput
from fairlead.shell.responses import is_partial

Act = Callable[[dict[str, Any]], HttpResponse]


def dialog(
    request: HttpRequest, form: forms.Form | None, *, title: str, submit: str, text: str = "", danger: bool = False,
    template: str = "accounts/dialog", context: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Draw a form as the content of a dialog, as a page of its own without htmx, or alone when it came back wrong."""
    wrong = form is not None and bool(form.errors)
    shown = {
        "form": form, "title": title, "submit": submit, "text": text, "danger": danger, "action": request.path,
        "form_template": f"{template}_form.html", **(context or {}),
    }  # fmt: skip
    if wrong and is_partial(request):
        return render(request, f"{template}_form.html", shown, status=422)
    name = "accounts/dialog.html" if is_partial(request) else "accounts/dialog_page.html"
    return render(request, name, shown, status=422 if wrong else 200)


def submitted(
    request: HttpRequest, form: forms.Form, act: Act, names: Mapping[str, str] | None = None
) -> HttpResponse | None:
    """Call `act` with the form's values and return its answer; None when there is something to correct.

    What the action refuses stands in the form; `names` maps the action's field names to the form's.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except InvalidInput as error:
        add_errors(form, error, names)
    except FairleadError as error:
        if error.status == 404:
            raise
        form.add_error(None, error.message)
    return None
