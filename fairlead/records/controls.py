"""Form fields that edit a field of any noun, for bulk dialogs and for the defaults of custom fields."""

from collections.abc import Sequence

from django import forms

from fairlead.accounts.public import Membership
from fairlead.kernel.places import countries
from fairlead.records.fields import Field, FieldType
from fairlead.shell.forms import Moment, Unjudged, Yearly

_INPUTS = {FieldType.EMAIL: "email", FieldType.PHONE: "tel", FieldType.URL: "url", FieldType.DATE: "date"}
Choices = list[tuple[str, str]]


def control(field: Field) -> forms.Field:
    """Return the form field for a new value of `field`; nothing chosen empties the field."""
    label = f"{field.label} becomes"
    if field.type is FieldType.MULTI_CHOICE:
        return forms.MultipleChoiceField(choices=choices(field), label=label, required=False)
    if options := choices(field):
        widget = forms.Select(attrs={"data-search": "1"} if len(options) > 12 else {})
        return Unjudged(choices=[("", "—"), *options], widget=widget, label=label, required=False)
    if field.type is FieldType.LONG_TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), label=label, required=False)
    if field.type is FieldType.RECURRING_DATE:
        return Yearly(label=label, required=False, help_text=_hint(field))
    if field.type is FieldType.DATETIME:
        return Moment(label=label, required=False, help_text=_hint(field))
    widget_input = forms.TextInput(attrs={"type": _INPUTS.get(field.type, "text"), "autocomplete": "off"})
    return forms.CharField(widget=widget_input, label=label, required=False, help_text=_hint(field))


def choices(field: Field) -> Choices:
    """Return what may be chosen for a field, empty when it is typed."""
    if field.options:
        return [(o.value, o.label) for o in field.options]
    if field.type is FieldType.BOOLEAN:
        return [("true", "Yes"), ("false", "No")]
    if field.type is FieldType.COUNTRY:
        return sorted(countries().items(), key=lambda c: c[1])
    if field.type is FieldType.MEMBER:
        rows = Membership.rows().filter(deactivated_at=None).select_related("user")
        return sorted(((str(m.pk), m.user.name) for m in rows), key=lambda c: c[1].lower())
    return []


def field_choice(fields: Sequence[Field], chosen: Field | None) -> forms.Field:
    """Return the choice of a field; once chosen it stays."""
    if chosen is not None:
        return forms.CharField(widget=forms.HiddenInput(), initial=chosen.name)
    options = [(f.name, f.label) for f in sorted(fields, key=lambda f: f.label)]
    return forms.ChoiceField(choices=options, label="Field", widget=forms.Select(attrs={"data-search": "1"}))


def _hint(field: Field) -> str:
    return "Empty takes the value away." if not field.required else ""
