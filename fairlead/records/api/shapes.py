"""From a noun's fields to the shapes of its API: what is sent, what is answered."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from rest_framework import serializers

from fairlead.records.cleaning import LONG, SHORT
from fairlead.records.fields import Field, FieldType
from fairlead.records.nouns import Noun
from fairlead.shell.api.strict import Input, Output

_IDS = (FieldType.MEMBER, FieldType.COMPANY, FieldType.REFERENCE)
_NULLABLE = {FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.DATETIME, *_IDS}


def output(noun: Noun, **more: serializers.Field[Any, Any, Any, Any]) -> type[Output]:
    """Return the shape of a record; `more` adds the parts that are shown on request or on its own address."""
    members: dict[str, Any] = {
        "id": serializers.UUIDField(),
        "version": serializers.IntegerField(help_text="Grows by one with every change; the entity tag."),
    }
    members |= {f.name: _shown(noun, f) for f in noun.fields}
    members |= {
        "custom": serializers.DictField(help_text="Values of the firm's own fields, by their key."),
        "created_by": serializers.UUIDField(allow_null=True, help_text="The member who created it."),
        "deleted_at": serializers.DateTimeField(allow_null=True, help_text="When it went into the bin."),
    }
    for field in members.values():
        field.required = False  # `fields=` may leave any of them out
    return type(f"{noun.name.title()}Output", (Output,), members | more | {"__doc__": f"A {noun.label.lower()}."})


def body(noun: Noun, **more: serializers.Field[Any, Any, Any, Any]) -> type[Input]:
    """Return the shape of what creates or changes a record: its editable fields and the firm's own."""
    members: dict[str, Any] = {f.name: _sent(noun, f) for f in noun.fields if f.editable}
    about = "Values of the firm's own fields, by their key; null empties one. Fields not named stay as they are."
    members["custom"] = serializers.DictField(required=False, help_text=about)
    return type(f"{noun.name.title()}Input", (Input,), members | more | {"__doc__": f"A {noun.label.lower()}."})


def _shown(noun: Noun, field: Field) -> serializers.Field[Any, Any, Any, Any]:
    options: dict[str, Any] = {"help_text": _about(noun, field), "required": False}
    options["allow_null"] = field.type in _NULLABLE
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return serializers.IntegerField(**options)
    if field.type is FieldType.BOOLEAN:
        return serializers.BooleanField(help_text=options["help_text"], required=False)
    if field.type is FieldType.DATETIME:
        return serializers.DateTimeField(**options)
    if field.type is FieldType.DATE:
        return serializers.DateField(**options)
    if field.type in _IDS:
        return serializers.UUIDField(**options)
    return serializers.CharField(**options)


def _sent(noun: Noun, field: Field) -> serializers.Field[Any, Any, Any, Any]:
    options: dict[str, Any] = {"help_text": _about(noun, field), "required": field.required, "allow_null": True}
    if field.type is FieldType.NUMBER:
        low, high = field.bounds or (-(2**31) + 1, 2**31 - 1)
        return serializers.IntegerField(min_value=low, max_value=high, **options)
    if field.type is FieldType.BOOLEAN:
        return serializers.BooleanField(**options)
    if field.type in _IDS:
        return serializers.UUIDField(**options)
    if field.type is FieldType.DATETIME:
        return serializers.DateTimeField(**options)
    if field.type is FieldType.DATE:
        return serializers.DateField(**options)
    if field.type is FieldType.CHOICE:
        choices = [(o.value, o.label) for o in field.options]
        return serializers.ChoiceField(choices=choices, allow_blank=not field.required, **options)
    length = LONG if field.type is FieldType.LONG_TEXT else SHORT
    return serializers.CharField(max_length=length, allow_blank=not field.required, **options)


_FORMATS = {
    FieldType.COUNTRY: "ISO 3166-1 alpha-2 or an English name.",
    FieldType.TIME_ZONE: "IANA name, such as Europe/Berlin.",
    FieldType.LANGUAGE: "BCP 47, such as en or de-AT.",
    FieldType.RECURRING_DATE: "ISO 8601: 1980-04-12, or --04-12 without the year.",
    FieldType.PHONE: "As typed; kept in E.164 when it can be read.",
    FieldType.MEMBER: "Id of a member.",
    FieldType.COMPANY: "Id of a company.",
    FieldType.MONEY: "In minor units (cents); the currency is a field of its own.",
}


def _about(noun: Noun, field: Field) -> str:
    said = " ".join(filter(None, [field.help, _FORMATS.get(field.type)]))
    return f"{field.label}. {said or _help_of_model(noun, field)}".strip()


def _help_of_model(noun: Noun, field: Field) -> str:
    try:
        kept: Any = noun.model._meta.get_field(field.attribute)
    except FieldDoesNotExist:  # worked out, not kept
        return ""
    return str(kept.help_text)
