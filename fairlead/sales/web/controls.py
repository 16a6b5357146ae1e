"""Form fields of this room's dialogs."""

from collections import defaultdict
from typing import Any

from django import forms

from fairlead.accounts.public import FirmRequest
from fairlead.people.public import forms as people_forms
from fairlead.records.public import Record, controls, custom
from fairlead.sales import access
from fairlead.sales.models import Deal, Stage
from fairlead.sales.noun import DEAL
from fairlead.sales.web.place import url
from fairlead.shell.forms import Unjudged


def of_deal(name: str, request: FirmRequest, deal: Deal | None = None) -> forms.Field:
    """Return the form field that edits a field of a deal: of the noun, the contact, or one of the firm's own."""
    if name == "contact":
        return contact(request, deal)
    if name.startswith("custom."):
        found = next(f for f in custom.custom_fields("deal") if f.name == name)
        return people_forms.editor(found.as_field(), request)
    return people_forms.editor(DEAL.field(name), request, deal)


def contact(request: FirmRequest, deal: Deal | None = None, label: str = "Contact") -> forms.Field:
    """Return the search for a contact."""
    known = [(str(deal.contact_id), deal.contact.name)] if deal and deal.contact else []
    attrs = {"data-search": "1", "source": url(request, "contact-choices")}
    return Unjudged(choices=[("", "—"), *known], label=label, required=False, widget=forms.Select(attrs=attrs))


def company(request: FirmRequest, label: str = "Company") -> forms.Field:
    """Return the search for a company."""
    attrs = {"data-search": "1", "source": f"/f/{request.firm.slug}/companies/choices"}
    return Unjudged(choices=[("", "—")], label=label, required=False, widget=forms.Select(attrs=attrs))


def stage(request: FirmRequest, *, label: str = "Stage", but: Any = None, required: bool = False) -> forms.Field:
    """Return the choice of an open stage, by pipeline."""
    rows = Stage.rows().filter(archived_at=None, kind=Stage.Kind.OPEN, pipeline__in=access.pipelines(request.actor))
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    ordered = rows.exclude(pk=but).order_by("pipeline__position", "position") if but else rows.order_by(
        "pipeline__position", "position"
    )  # fmt: skip
    for pk, name, pipeline in ordered.values_list("pk", "name", "pipeline__name"):
        groups[pipeline].append((str(pk), name))
    choices = [*([] if required else [("", "—")]), *groups.items()]
    return Unjudged(choices=choices, label=label, required=False)


def reason(request: FirmRequest, kind: str, label: str, *, needed: bool = False) -> forms.Field:
    """Return the choice of one of the firm's words; of a `needed` one it is told, and the action judges."""
    rows = access.reasons(request.actor, kind).order_by("position").values_list("pk", "name")
    widget = forms.Select(attrs={"aria-required": "true"} if needed and rows else None)
    choices = [("", "—"), *((str(pk), name) for pk, name in rows)]
    return Unjudged(choices=choices, label=label, required=False, widget=widget)


def note(label: str = "Note", help_text: str = "") -> forms.Field:
    """Return a few lines of text."""
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


def initial(name: str, record: Record | None) -> Any:
    """Return the value that a form field begins with."""
    if record is None:
        return ""
    if name == "contact":
        return str(getattr(record, "contact_id", "") or "")
    field = next((f.as_field() for f in custom.custom_fields("deal") if f.name == name), None) or DEAL.field(name)
    found = controls.initial(field, record)
    return "" if found is None else found
