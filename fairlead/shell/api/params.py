"""Query parameters: declared once, checked on every request, shown in the OpenAPI document."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.jsons import read_json
from fairlead.kernel.text import whole_number

MAX_LENGTH = 8_000


def _boolean(text: str) -> bool:
    if text not in {"true", "false", "1", "0"}:
        raise ValueError("Use true or false.")
    return text in {"true", "1"}


def _integer(text: str) -> int:
    found = whole_number(text)
    if found is None:
        raise ValueError("Use a whole number.")
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValueError("Use an id (UUID).") from None


def _date(text: str) -> date:
    found = parse_date(text)
    if found is None:
        raise ValueError("Use a date such as 2026-03-31.")
    return found


def _datetime(text: str) -> datetime:
    found = parse_datetime(text.replace(" ", "+"))
    if found is None or found.tzinfo is None:
        raise ValueError("Use a time with its zone (RFC 3339), such as 2026-03-31T09:00:00Z.")
    try:
        found.astimezone(UTC)
    except OverflowError:
        raise ValueError("In UTC this is before the year 1 or after 9999.") from None
    return found


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except ValueError:
        raise ValueError("This is not valid JSON.") from None


# Type name -> (parser, OpenAPI schema)
TYPES: Mapping[str, tuple[Callable[[str], Any], Mapping[str, Any]]] = {
    "string": (str, {"type": "string"}),
    "boolean": (_boolean, {"type": "boolean"}),
    "integer": (_integer, {"type": "integer"}),
    "uuid": (_uuid, {"type": "string", "format": "uuid"}),
    "date": (_date, {"type": "string", "format": "date"}),
    "datetime": (_datetime, {"type": "string", "format": "date-time"}),
    "json": (_json, {"type": "string", "contentMediaType": "application/json"}),
}


@dataclass(frozen=True, slots=True)
class Param:
    """A query parameter. `many` reads a comma-separated list; `choices` closes the set of values, but for those that
    the whole of the regular expression `pattern` matches."""

    name: str
    description: str
    type: str = "string"
    many: bool = False
    default: Any = None
    choices: Sequence[str] = ()
    pattern: str = ""
    minimum: int | None = None
    maximum: int | None = None
    example: Any = None

    def parse(self, text: str) -> Any:
        """Return the value; raise ValueError with a message for people."""
        if self.many:
            return [self._one(part) for part in text.split(",") if part]
        return self._one(text)

    def _one(self, text: str) -> Any:
        value = TYPES[self.type][0](text)
        if self.choices and value not in self.choices and not (self.pattern and re.fullmatch(self.pattern, value)):
            raise ValueError(f"Use one of: {', '.join(self.choices)}.")
        if self.minimum is not None and value < self.minimum:
            raise ValueError(f"Use {self.minimum} or more.")
        if self.maximum is not None and value > self.maximum:
            raise ValueError(f"Use {self.maximum} or less.")
        return value

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema of one value."""
        limits = {"enum": list(self.choices) or None, "minimum": self.minimum, "maximum": self.maximum}
        one = {**TYPES[self.type][1], **{k: v for k, v in limits.items() if v is not None}}
        if self.pattern:
            one = {"type": one["type"], "anyOf": [{"enum": one.pop("enum")}, {"pattern": f"^{self.pattern}$"}]}
        if self.many:
            return {"type": "array", "items": one}
        return one if self.default is None else {**one, "default": self.default}


def read(
    sent: QueryDict, params: Iterable[Param], extra: Callable[[str], bool] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the declared parameters by name (defaults filled in) and the others that `extra` accepts, as sent.

    Raises `InvalidInput` for an unknown parameter, one given twice, and every value that does not fit.
    """
    declared = {p.name: p for p in params}
    values = {p.name: p.default for p in declared.values()}
    others: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    for name, texts in sent.lists():
        try:
            text = _single(texts)
            if name in declared:
                values[name] = declared[name].parse(text)
            elif extra is not None and extra(name):
                others[name] = text
            else:
                raise ValueError("There is no such parameter here.")
        except ValueError as error:
            errors[f"?{name}".replace("\x00", "")] = [str(error)]
    if errors:
        raise InvalidInput(errors)
    return values, others


def _single(texts: Sequence[Any]) -> str:
    if len(texts) != 1:
        raise ValueError("Give this parameter once.")
    text = str(texts[0])
    if "\x00" in text or "\ufffd" in text:
        raise ValueError("This is not valid text.")
    if len(text) > MAX_LENGTH:
        raise ValueError(f"At most {MAX_LENGTH} characters are accepted.")
    return text
