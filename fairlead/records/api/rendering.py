"""Records as JSON made by PostgreSQL: a page of 50 costs Python next to nothing."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from fairlead.records import nouns
from fairlead.records.lists import SYSTEM_COLUMNS
from fairlead.records.nouns import Noun
from fairlead.shell.api.rendering import dump


class Shown:
    """A record ready to be sent: `json` is an object without its closing brace, so that parts can be added."""

    __slots__ = ("json", "pk", "version")

    def __init__(self, pk: UUID, version: int, json: str) -> None:
        self.pk, self.version, self.json = pk, version, json

    def add(self, name: str, value: Any) -> None:
        """Add a part."""
        self.json += f',"{name}":{dump(value).decode()}'

    def __json__(self) -> str:
        """Return the whole text."""
        return self.json + "}"


def column(noun: Noun, names: Sequence[str]) -> RawSQL:
    """Return the expression of the JSON object with these names, over the noun's own table."""
    return RawSQL(_object(noun.name, tuple(names)), [], output_field=TextField())  # noqa: S611 - names of columns only


@lru_cache(maxsize=500)
def _object(noun_name: str, names: tuple[str, ...]) -> str:
    noun = nouns.get(noun_name)
    meta: Any = noun.model._meta
    parts = []
    for name in names:
        attribute = name if name == "custom" else SYSTEM_COLUMNS.get(name) or noun.field(name).attribute
        field = meta.pk if attribute == "pk" else meta.get_field(attribute)
        parts.append(f'"{meta.db_table}"."{field.column}" AS "{name}"')
    # Without its last character, the closing brace: see `Shown.json`.
    return f"(SELECT left(row_to_json(r)::text, -1) FROM (SELECT {', '.join(parts)}) r)"  # noqa: S608
