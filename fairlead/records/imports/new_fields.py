"""Making the custom fields that a mapping asks for, before the first row is written."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from fairlead.kernel.spreadsheets import separated
from fairlead.kernel.text import fold, squeeze
from fairlead.records import nouns
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.custom import custom_fields
from fairlead.records.fields import FieldType
from fairlead.records.imports.columns import Column, NewField
from fairlead.records.imports.convert import typed
from fairlead.records.imports.reading import Row, Source
from fairlead.records.imports.suggest import normal
from fairlead.records.models import CustomField, Kind
from fairlead.tenancy.public import Actor

MOST_OPTIONS = 200
_KINDS = {FieldType.CHOICE: Kind.DROPDOWN, FieldType.MULTI_CHOICE: Kind.MULTI_SELECT}


def key_for(label: str, taken: set[str]) -> str:
    """Return a free key for a label: "Annual Budget" becomes `annual_budget`."""
    plain = "_".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold(label)).split())[:50]
    base = plain if plain[:1].isalpha() else f"field_{plain}".rstrip("_")
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def make_fields(noun: str, columns: Sequence[Column], source: Source, *, by: Actor) -> list[Column]:
    """Return the columns with every new field made and mapped; a field of the same label and type is used again."""
    return _mapped(noun, columns, source, lambda definition: create_field(nouns.get(noun), definition, by=by))


def imagine_fields(noun: str, columns: Sequence[Column], source: Source) -> tuple[list[Column], list[CustomField]]:
    """Return the columns as `make_fields` would, and the new fields unsaved: a rehearsal judges its cells by them."""
    made: list[CustomField] = []

    def imagine(definition: Mapping[str, Any]) -> CustomField:
        made.append(CustomField(noun=noun, **definition))
        return made[-1]

    return _mapped(noun, columns, source, imagine), made


def _mapped(
    noun: str, columns: Sequence[Column], source: Source, make: Callable[[Mapping[str, Any]], CustomField]
) -> list[Column]:
    existing = custom_fields(noun, archived=True)
    by_label = {(normal(f.label), f.type): f for f in existing if f.archived_at is None}
    taken = {f.key for f in existing}
    options = _options(columns, source)
    used = {c.target for c in columns if c.target and c.new_field is None}
    result: list[Column] = []
    for column in columns:
        if column.new_field is None:
            result.append(column)
            continue
        made = _sized(column.new_field, options.get(column.index, ()))
        made, field = _apart(made, by_label, used)
        if field is None:
            field = make(_definition(made, key_for(made.label, taken)))
            taken.add(field.key)
            by_label[normal(made.label), made.type] = field
        used.add(field.name)
        result.append(replace(column, target=field.name, new_field=None))
    return result


def _apart(
    made: NewField, by_label: Mapping[tuple[str, FieldType], CustomField], used: Collection[str]
) -> tuple[NewField, CustomField | None]:
    """Return the field to make and the one that is there already; a header that comes again gets a number."""
    label, number = made.label, 2
    while (field := by_label.get((normal(label), made.type))) is not None and field.name in used:
        label, number = f"{made.label} ({number})", number + 1
    return replace(made, label=label), field


def _sized(made: NewField, options: Sequence[str]) -> NewField:
    """Take every option of the file; more than a list can hold make it a text."""
    if made.type not in _KINDS:
        return made
    words = tuple({fold(word): word for word in reversed([*made.options, *options])}.values())[::-1]
    return replace(made, options=words) if len(words) <= MOST_OPTIONS else NewField(made.label, FieldType.TEXT)


def _definition(made: NewField, key: str) -> dict[str, Any]:
    values: dict[str, str] = {}
    for word in made.options:
        values.setdefault(key_for(word, set(values)) if fold(word) else word, word)
    options = [{"value": value, "label": label} for value, label in values.items()]
    definition = {"label": squeeze(made.label)[:80], "key": key, "kind": _KINDS.get(made.type) or made.type.value}
    return definition | ({"options": options} if options else {})


def _options(columns: Sequence[Column], source: Source) -> dict[int, tuple[str, ...]]:
    """Read the whole file once for the words of new choice fields."""
    wanted = {c.index: (c.split or ";") if c.new_field.type is FieldType.MULTI_CHOICE else ""
              for c in columns if c.new_field is not None and c.new_field.type in _KINDS}  # fmt: skip
    found: dict[int, dict[str, str]] = {index: {} for index in wanted}
    if not wanted:
        return {}
    for row in source.rows():
        if not isinstance(row, Row):
            continue
        for index, split in wanted.items():
            if index < len(row.cells) and len(found[index]) <= MOST_OPTIONS:
                for folded, word in _words(row.cells[index], split):
                    found[index].setdefault(folded, word)
    return {index: tuple(words.values()) for index, words in found.items()}


@lru_cache(maxsize=10_000)  # the cells of a choice come again and again
def _words(written: str, split: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a cell, folded and as they are shown."""
    cell = typed(written)
    words = separated(cell, (split,)) if split else (cell,)
    return tuple((fold(word), squeeze(word)[:100]) for word in words if word.strip())
