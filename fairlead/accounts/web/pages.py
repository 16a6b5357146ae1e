"""What the pages of this room share: forms that call an action."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from fairlead.accounts.web.forms import add_errors
from fairlead.kernel.errors import FairleadError, InvalidInput
from fairlead.shell.forms import WatchedForm

Act = Callable[[dict[str, Any]], HttpResponse]


def submitted(
    request: HttpRequest, form: forms.Form, act: Act, names: Mapping[str, str] | None = None
) -> HttpResponse | None:
    """Call `act` with the form's values and return its answer; None when there is something to correct.

    What the action refuses stands in the form, and what a colleague changed meanwhile; `names` maps the action's field
    names to the form's.
    """
    if request.method != "POST":
        return None
    is_valid = form.is_valid()
    try:
        if isinstance(form, WatchedForm):
            form.judge()
        return act(form.cleaned_data) if is_valid else None
    except InvalidInput as error:
        add_errors(form, error, names)
    except FairleadError as error:
        if error.status == 404:
            raise
        form.add_error(None, error.message)
    return None
