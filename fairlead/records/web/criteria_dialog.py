"""A dialog whose form ends with the criteria builder: rules that say for which records they hold."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.records.criteria.naming import FIELD, at_conditions
from fairlead.records.criteria.parsing import read_tree
from fairlead.records.nouns import Noun
from fairlead.records.web import place
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm


def criteria_dialog(
    request: FirmRequest,
    form: ActionForm,
    noun: Noun,
    tree: Any,
    save: Callable[[Any], HttpResponse],
    *,
    title: str,
    label: str = "",
) -> HttpResponse:
    """Show `form` with the builder, which opens with `tree`; give a posted tree to `save` and answer what it does.

    A builder without conditions gives `{"all": []}`; `label` stands above it. What `save` refuses stands at the form's
    fields, what is wrong with the criteria at their conditions.
    """
    text, wrong = json.dumps(tree), []
    if request.method == "POST":
        text = request.POST.get("criteria", text)
        try:
            return save(read_tree(text) or {"all": []})
        except InvalidInput as error:
            wrong = _refuse(form, error)
    context = {
        "catalogue": place.url(request, "catalogue", noun=noun.plural), "label": label or f"Which {noun.plural}",
        "heading": label,
        "tree": text, "errors": json.dumps(wrong), "extra": "records/criteria_field.html",
    }  # fmt: skip
    return dialogs.dialog(request, form, title=title, **context)


def _refuse(form: ActionForm, error: InvalidInput) -> list[dict[str, str]]:
    """Show errors of fields at the form; return those of the criteria for the builder."""
    all_of_them = error.code == "invalid_criteria"
    wrong = {p: texts for p, texts in error.fields.items() if all_of_them or p.partition(".")[0] == FIELD}
    form.refuse(InvalidInput({p: texts for p, texts in error.fields.items() if p not in wrong}))
    if wrong:
        form.refuse(InvalidInput("Complete the conditions."))
    return at_conditions(wrong)
