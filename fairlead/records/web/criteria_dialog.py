"""A dialog whose form ends with the criteria builder: rules that say for which records they hold."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.records.criteria.naming import FIELD, at_conditions
from fairlead.records.criteria.parsing import read_tree
from fairlead.records.criteria.sentences import sentence
from fairlead.records.nouns import Noun
from fairlead.records.web import place
from fairlead.shell import dialogs, seen
from fairlead.shell.forms import ActionForm, Beside

CHANGED = "Somebody changed the conditions: see below."


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
    fields, what is wrong with the criteria at their conditions. A form of something stored tells who saves second that
    its conditions are others by now, as it does of its fields.
    """
    text, wrong = json.dumps(tree), []
    shown = partial(sentence, noun, tree, by=request.actor)
    form.beside[FIELD] = Beside(tree, tree, shown)
    if request.method == "POST":
        text = request.POST.get("criteria", text)
        try:
            asked = read_tree(text) or {"all": []}
            form.beside[FIELD] = Beside(tree, asked, shown)
            return save(asked)
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
        is_stale = error.code == seen.STALE
        form.refuse(InvalidInput(CHANGED if is_stale else "Complete the conditions."))
    return at_conditions(wrong)
