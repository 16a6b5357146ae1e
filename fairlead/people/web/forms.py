"""Forms that hand what is typed to an action, which alone judges it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.people import access
from fairlead.people.web import kinds
from fairlead.records.public import Field, FieldType, Record, controls
from fairlead.shell.forms import Searched


def editor(field: Field, request: FirmRequest, record: Record | None = None) -> forms.Field:
    """Return the form field that edits a field of a noun: as records make it, a company with the search for one."""
    company = field.type is FieldType.COMPANY
    return controls.control(field, record, (_company_search(request), _company(request, record)) if company else None)


def values(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, by field of a form, as actions take it: a company that is no id is meant by its name."""
    found = {name.replace("custom-", "custom.", 1): value for name, value in typed.items()}
    company = found.get("company")
    if company and read_id(company) is None:
        found["company_name"] = found.pop("company")
    return found


def refusal(error: InvalidInput) -> InvalidInput:
    """Return an action's refusal with the names that the fields have in a form."""
    names = {"company_name": "company"}
    return InvalidInput({names.get(p, p.replace("custom.", "custom-", 1)): m for p, m in error.fields.items()})


def _company_search(request: FirmRequest) -> Searched:
    new = request.actor.can("companies.edit")
    placeholder = "Find or make a company" if new else "Find a company"
    return Searched(source=kinds.url(request, "company-choices"), create=new, placeholder=placeholder)


def _company(request: FirmRequest, record: Record | None) -> list[tuple[str, str]]:
    company_id = getattr(record, "company_id", None)
    if company_id is None or not request.actor.can("companies.view"):
        return []
    names = access.companies(request.actor).filter(pk=company_id).values_list("name", flat=True)
    return [(str(company_id), name) for name in names]
