"""Forms that hand what is typed to an action, which alone judges it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from fairlead.accounts.public import FirmRequest, Membership
from fairlead.kernel import money
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.kernel.places import available_time_zones, countries, language_name, languages
from fairlead.people import access
from fairlead.people.web import kinds
from fairlead.records.public import Field, FieldType, Option, Record
from fairlead.shell.forms import Moment, Searched, Unjudged, Yearly

_INPUTS = {
    FieldType.EMAIL: "email", FieldType.PHONE: "tel", FieldType.URL: "url", FieldType.NUMBER: "number",
    FieldType.DATE: "date",
}  # fmt: skip
_STEPS = {FieldType.NUMBER: {"step": "any"}}
_OWN: dict[FieldType, type[forms.Field]] = {FieldType.RECURRING_DATE: Yearly, FieldType.DATETIME: Moment}
Choices = list[tuple[str, str]]


def control(field: Field, request: FirmRequest, record: Record | None = None) -> forms.Field:
    """Return the form field that edits a field of a noun; one that may not be empty says so, and the action judges."""
    made = _control(field, request, record)
    if field.required:
        made.widget.attrs["aria-required"] = "true"
    return made


def _control(field: Field, request: FirmRequest, record: Record | None) -> forms.Field:
    choices = _choices(field, request, record)
    common: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": False}
    if field.type is FieldType.MULTI_CHOICE:
        return forms.MultipleChoiceField(choices=[c for c in choices if c[0]], **common)
    if choices:
        searched = {"data-search": "1"} if len(choices) > 12 else {}
        widget = _company_search(request) if field.type is FieldType.COMPANY else forms.Select(attrs=searched)
        return Unjudged(choices=choices, widget=widget, **common)
    if field.type is FieldType.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **common)
    if field.type in _OWN:
        return _OWN[field.type](**common)
    attrs = {"type": _INPUTS.get(field.type, "text"), "autocomplete": "off", **_STEPS.get(field.type, {})}
    if field.bounds:
        attrs |= {"min": str(field.bounds[0]), "max": str(field.bounds[1]), "step": "1"}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **common)


def _choices(field: Field, request: FirmRequest, record: Record | None) -> Choices:
    blank: Choices = [] if field.required else [("", "—")]
    if field.options:
        offered = tuple(field.options)
        return blank + [(o.value, o.label) for o in (*offered, *_held(field, offered, record))]
    if field.type is FieldType.BOOLEAN:
        return [*blank, ("true", "Yes"), ("false", "No")]
    if field.type is FieldType.COUNTRY:
        return blank + sorted(countries().items(), key=lambda c: c[1])
    if field.type is FieldType.TIME_ZONE:
        return blank + [(zone, zone.replace("_", " ")) for zone in sorted(available_time_zones())]
    if field.type is FieldType.LANGUAGE:
        return blank + _languages(getattr(record, field.attribute, ""))
    if field.type is FieldType.MEMBER:
        return blank + members()
    return blank + _company(request, record) if field.type is FieldType.COMPANY else []


def _held(field: Field, offered: Sequence[Option], record: Record | None) -> list[Option]:
    """Return the options that the record has though they are offered no more: it keeps them."""
    stored = initial(field, record) if record else None
    values = map(str, filter(None, stored if isinstance(stored, list) else [stored]))
    known, past = {o.value for o in offered}, {o.value: o for o in field.past}
    return [past.get(value) or Option(value, value) for value in values if value not in known]


def _languages(chosen: str) -> Choices:
    """Return the languages; what is chosen already is among them, whatever tag it has."""
    return sorted((({chosen: language_name(chosen)} if chosen else {}) | languages()).items(), key=lambda c: c[1])


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


def members() -> Choices:
    """Return the active members as choices, by name."""
    rows = Membership.rows().filter(deactivated_at=None).select_related("user")
    return sorted(((str(m.id), m.user.name) for m in rows), key=lambda choice: choice[1].lower())


def _company_search(request: FirmRequest) -> Searched:
    new = request.actor.can("companies.edit")
    placeholder = "Find or make a company" if new else "Find a company"
    return Searched(source=kinds.url(request, "company-choices"), create=new, placeholder=placeholder)


def _company(request: FirmRequest, record: Record | None) -> Choices:
    company_id = getattr(record, "company_id", None)
    if company_id is None or not request.actor.can("companies.view"):
        return []
    names = access.companies(request.actor).filter(pk=company_id).values_list("name", flat=True)
    return [(str(company_id), name) for name in names]


def initial(field: Field, record: Record) -> Any:
    """Return the value of a record's field as its form field shows it."""
    if field.name.startswith("custom."):
        value = record.custom.get(field.name.removeprefix("custom."))
        return _typed_money(value) if field.type is FieldType.MONEY else _typed_boolean(field, value)
    if field.currency:
        amount = {"amount": getattr(record, field.attribute), "currency": getattr(record, field.currency)}
        return _typed_money(amount)
    return _typed_boolean(field, getattr(record, field.attribute))


def _typed_boolean(field: Field, value: Any) -> Any:
    return str(value).lower() if field.type is FieldType.BOOLEAN and value is not None else value


def _typed_money(value: Mapping[str, Any] | None) -> str:
    return f"{money.major(value['amount'], value['currency'])} {value['currency']}" if value else ""
