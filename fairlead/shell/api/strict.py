"""Reading what callers send: JSON that is really JSON, and nothing that the database could choke on."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

import orjson
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.exceptions import APIException, ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import BaseParser

from fairlead.kernel.jsons import DEEPEST

MAX_TEXT = 100_000


class TooLarge(APIException):
    """The body is larger than the server reads (RFC 9110, 15.5.14)."""

    status_code = 413
    default_code = "too_large"
    default_detail = "The body is too large; send at most 10 MB, or use an import for more."


class StrictJSON(BaseParser):
    """JSON by RFC 8259 in UTF-8: no NaN, no lone surrogates, no NUL character, no abyss of nesting."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the parsed body; 400 when it is no JSON, 422 for a NUL character."""
        raw = stream.body if hasattr(stream, "body") else stream.read()
        try:
            value = orjson.loads(raw)
        except json.JSONDecodeError as error:
            raise ParseError(f"The body is not valid JSON: {error}.", code="malformed") from None
        check_value(value)
        return value


def check_value(value: Any, path: str = "", depth: int = 0) -> None:
    """Raise a validation error naming the place of a NUL character, an endless text or a too deep nesting."""
    if depth > DEEPEST:
        refuse(path, f"Nesting deeper than {DEEPEST} levels is not accepted.", "too_deep")
    if isinstance(value, str):
        check_text(value, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            check_text(key, path)
            check_value(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            check_value(inner, f"{path}.{index}" if path else str(index), depth + 1)


def check_text(value: str, path: str) -> None:
    """Raise a validation error for a text with a NUL character or of more than MAX_TEXT characters."""
    if "\x00" in value:
        refuse(path, "The NUL character is not accepted.", "null_character")
    if len(value) > MAX_TEXT:
        refuse(path, f"A text may have at most {MAX_TEXT} characters.", "too_long")


def refuse(path: str, message: str, code: str) -> NoReturn:
    """Raise the validation error of one place, a dotted path into the body."""
    raise ValidationError({path: [ErrorDetail(message, code)]})


class Input(serializers.Serializer[Any]):
    """A request body: fields it does not know are refused, so a misspelt name is never silently lost."""

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; those with choices say which there are, and do not repeat what came instead."""
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            if isinstance(field, serializers.ChoiceField):
                known = ", ".join(str(choice) for choice in field.choices if choice != "")
                field.error_messages = {**field.error_messages, "invalid_choice": f"Use one of: {known}."}
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """Validate, naming unknown fields beside every other error."""
        if isinstance(data, Mapping):
            unknown = [key for key in data if key not in self.fields]
            message = ErrorDetail("There is no such field, or it cannot be set.", "unknown_field")
            wrong: dict[str, Any] = {str(key): [message] for key in unknown}
            if not isinstance(data, QueryDict):
                wrong |= {k: e for k, f in self.fields.items() if k in data and (e := wrong_type(f, data[k]))}
            wrong |= self._left_out(data)
            if wrong:
                raise ValidationError(self._other_errors(data, wrong) | wrong)
        return super().to_internal_value(data)

    def _left_out(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the errors of what one of a list lacks: a change in part names fields, and replaces a list whole."""
        if not isinstance(self.parent, serializers.ListSerializer) or not getattr(self.root, "partial", False):
            return {}
        missing = [(k, f) for k, f in self.fields.items() if f.required and k not in data]
        return {k: [ErrorDetail(str(f.error_messages["required"]), "required")] for k, f in missing}

    def _other_errors(self, data: Mapping[str, Any], but: Mapping[str, Any]) -> dict[str, Any]:
        try:
            super().to_internal_value({k: v for k, v in data.items() if k in self.fields and k not in but})
        except ValidationError as error:
            found = error.detail if isinstance(error.detail, dict) else {}
            return {k: e for k, e in found.items() if k not in but}
        return {}


# JSON types are not converted into each other: "5" is no number, 5 no text, "yes" no boolean.
_JSON_TYPES: tuple[tuple[Any, tuple[type, ...], str], ...] = (
    (serializers.BooleanField, (bool,), "true or false"),
    (serializers.IntegerField, (int,), "a whole number"),
    (serializers.FloatField, (int, float), "a number"),
    (serializers.DecimalField, (int, float, str), "a number"),
    (
        (
            serializers.CharField,
            serializers.UUIDField,
            serializers.DateTimeField,
            serializers.DateField,
            serializers.ChoiceField,
        ),
        (str,),
        "a text",
    ),
    ((serializers.ListField, serializers.MultipleChoiceField), (list,), "a list"),
    (serializers.DictField, (dict,), "an object"),
)


def wrong_type(field: Any, value: Any) -> Any:
    """Return the errors of a value that has another JSON type than the field, in DRF's shape, or nothing."""
    if value is None:
        return None
    for kinds, types, words in _JSON_TYPES:
        if isinstance(field, kinds):
            if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
                return [ErrorDetail(f"Send {words}.", "wrong_type")]
            break
    if isinstance(field, serializers.ListField) and field.child is not None:
        inner = {str(i): e for i, v in enumerate(value) if (e := wrong_type(field.child, v))}
        return inner or None
    return None


class Output(serializers.Serializer[Any]):
    """A response body. `by_itself` names what changes in it without anybody editing it: an ETag leaves that out."""

    by_itself: ClassVar[frozenset[str]] = frozenset()
