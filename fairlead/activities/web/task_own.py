"""The firm's own fields of tasks: in the forms of a task, and on its page."""

from typing import Any

from fairlead.accounts.public import FirmRequest
from fairlead.activities.models import Task
from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import forms, showing
from fairlead.records.public import Field, controls, custom
from fairlead.shell.forms import ActionForm

Shown = showing.Shown


def form(request: FirmRequest, task: Task | None = None, *, typed: bool, short: bool = False) -> ActionForm:
    """Return the controls: with what was posted (`typed`), else with what the task has, a new one the defaults.

    The `short` one has those alone that no task may be without.
    """
    fields = {f.name.replace(".", "-"): f for f in _fields() if f.required or not short}
    defaults = {f.name.removeprefix("custom."): f.default for f in fields.values() if f.default is not None}
    record = task or Task(custom=defaults)
    made = ActionForm(
        request.POST if typed else None,
        initial={name: controls.initial(field, record) for name, field in fields.items()},
        auto_id="short-task-%s" if short else "task-%s",  # both may stand on one page
        watched=task is not None,
    )
    made.fields.update({name: forms.editor(field, request, record) for name, field in fields.items()})
    return made


def values(typed: ActionForm) -> dict[str, Any]:
    """Return what was typed, as the action takes it."""
    return forms.values(typed.typed())


def refuse(typed: ActionForm, error: InvalidInput) -> InvalidInput:
    """Show what is wrong with these fields beside them; return what is wrong besides."""
    named = forms.refusal(error).fields
    own = {name: messages for name, messages in named.items() if name in typed.fields}
    if own:
        typed.refuse(InvalidInput(own))
    return InvalidInput({name: messages for name, messages in named.items() if name not in own}, code=error.code)


def facts(request: FirmRequest, task: Task) -> list[tuple[str, Shown]]:
    """Return the fields that the task has values of: label and value."""
    shown = (
        (f.label, showing.show_value(f, task.custom.get(f.name.removeprefix("custom.")), request.firm.country))
        for f in _fields()
    )
    return [(label, value) for label, value in shown if value]


def _fields() -> list[Field]:
    return [found.as_field() for found in custom.custom_fields("task")]
