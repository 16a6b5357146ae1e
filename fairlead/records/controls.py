"""Form fields that edit a field of any noun. What is typed goes to an action, which alone judges it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from fairlead.accounts.public import member_choices
from fairlead.kernel import money
from fairlead.kernel.places import available_time_zones, countries, language_name, languages
from fairlead.records.fields import Field, FieldType, Option
from fairlead.records.models import Record
from fairlead.records.models.custom_field import PREFIX
from fairlead.shell.forms import Moment, Unjudged, Yearly

_INPUTS = {
    FieldType.EMAIL: "email", FieldType.PHONE: "tel", FieldType.URL: "url", FieldType.NUMBER: "number",
    FieldType.DATE: "date",
}  # fmt: skip
_STEPS = {FieldType.NUMBER: {"step": "any"}}
_OWN: dict[FieldType, type[forms.Field]] = {FieldType.RECURRING_DATE: Yearly, FieldType.DATETIME: Moment}
Choices = list[tuple[str, str]]


def control(
    field: Field, record: Record | None = None, search: tuple[forms.Select, Choices] | None = None
) -> forms.Field:
    """Return the form field that edits `field`; one that may not be empty says so, and the action judges.

    `search` finds what is too much to be listed: its widget, and the choices that are there before anything is typed.
    """
    made = _searching(field, *search) if search else _control(field, record)
    if field.required:  # single radio buttons and check boxes know no aria-required: their legend has the star
        made.widget.attrs["data-needed" if field.all_shown else "aria-required"] = "true"
    return made


def initial(field: Field, record: Record) -> Any:
    """Return the value of a record's field as its form field shows it."""
    if field.name.startswith(PREFIX):
        value = record.custom.get(field.name.removeprefix(PREFIX))
        return _typed_money(value) if field.type is FieldType.MONEY else _typed_boolean(field, value)
    if field.currency:
        amount = {"amount": getattr(record, field.attribute), "currency": getattr(record, field.currency)}
        return _typed_money(amount)
    return _typed_boolean(field, getattr(record, field.attribute))


def field_choice(fields: Sequence[Field], chosen: Field | None) -> forms.Field:
    """Return the choice of a field, by group and with search: a firm may have hundreds."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in fields:
        groups.setdefault(field.group, []).append((field.name, field.label))
    widget = forms.Select(attrs={"data-search": "1", "placeholder": "Find a field"})
    chosen_first = chosen.name if chosen else ""
    return forms.ChoiceField(choices=[("", ""), *groups.items()], label="Field", initial=chosen_first, widget=widget)


def _words(field: Field) -> dict[str, Any]:
    return {"label": field.label, "help_text": field.help, "required": False}


def _searching(field: Field, widget: forms.Select, known: Choices) -> forms.Field:
    return Unjudged(choices=[*_blank(field), *known], widget=widget, **_words(field))


def _control(field: Field, record: Record | None) -> forms.Field:
    choices = _choices(field, record)
    if field.all_shown:
        return _side_by_side(field, choices)
    if field.type is FieldType.MULTI_CHOICE:
        return forms.MultipleChoiceField(choices=choices, **_words(field))
    if choices:
        searched = {"data-search": "1"} if len(choices) > 12 else {}
        return Unjudged(choices=[*_blank(field), *choices], widget=forms.Select(attrs=searched), **_words(field))
    if field.type is FieldType.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **_words(field))
    if field.type in _OWN:
        return _OWN[field.type](**_words(field))
    attrs = {"type": _INPUTS.get(field.type, "text"), "autocomplete": "off", **_STEPS.get(field.type, {})}
    if field.bounds:
        attrs |= {"min": str(field.bounds[0]), "max": str(field.bounds[1]), "step": "1"}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **_words(field))


def _side_by_side(field: Field, choices: Choices) -> forms.Field:
    if field.type is FieldType.MULTI_CHOICE:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple(), **_words(field))
    nothing = [] if field.required else [("", "Nothing")]
    return Unjudged(choices=[*nothing, *choices], widget=forms.RadioSelect(), **_words(field))


def _blank(field: Field) -> Choices:
    return [] if field.required else [("", "—")]


def _choices(field: Field, record: Record | None) -> Choices:
    """Return what may be chosen for a field, nothing when it is typed."""
    if field.options:
        offered = tuple(field.options)
        return [(o.value, o.label) for o in (*offered, *_held(field, offered, record))]
    if field.type is FieldType.BOOLEAN:
        return [("true", "Yes"), ("false", "No")]
    if field.type is FieldType.COUNTRY:
        return sorted(countries().items(), key=lambda c: c[1])
    if field.type is FieldType.TIME_ZONE:
        return [(zone, zone.replace("_", " ")) for zone in sorted(available_time_zones())]
    if field.type is FieldType.LANGUAGE:
        return _languages(getattr(record, field.attribute, ""))
    return member_choices() if field.type is FieldType.MEMBER else []


def _held(field: Field, offered: Sequence[Option], record: Record | None) -> list[Option]:
    """Return the options that the record has though they are offered no more: it keeps them."""
    stored = initial(field, record) if record else None
    values = map(str, filter(None, stored if isinstance(stored, list) else [stored]))
    known, past = {o.value for o in offered}, {o.value: o for o in field.past}
    return [past.get(value) or Option(value, value) for value in values if value not in known]


def _languages(chosen: str) -> Choices:
    """Return the languages; what is chosen already is among them, whatever tag it has."""
    return sorted((({chosen: language_name(chosen)} if chosen else {}) | languages()).items(), key=lambda c: c[1])


def _typed_boolean(field: Field, value: Any) -> Any:
    return str(value).lower() if field.type is FieldType.BOOLEAN and value is not None else value


def _typed_money(value: Mapping[str, Any] | None) -> str:
    return f"{money.major(value['amount'], value['currency'])} {value['currency']}" if value else ""
