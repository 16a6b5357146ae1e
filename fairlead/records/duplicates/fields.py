"""The fields of two records side by side: which value stays, and taking that back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fairlead.kernel.errors import InvalidInput
from fairlead.records import custom
from fairlead.records.duplicates.merging import Merger, merger_of
from fairlead.records.fields import Field
from fairlead.records.models import Record
from fairlead.records.models.custom_field import PREFIX
from fairlead.records.nouns import Noun

WINNER, LOSER = "winner", "loser"
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Choice:
    """A field in which a choice is possible: both values, and whose stays unless somebody decides otherwise."""

    field: Field
    winner: Any
    loser: Any

    @property
    def usual(self) -> str:
        """Return whose value stays by itself: the winner's, unless it is empty."""
        return LOSER if self.winner in EMPTY and self.loser not in EMPTY else WINNER


def choices_of(noun: Noun, winner: Record, loser: Record) -> list[Choice]:
    """Return every field, standard and custom, that has a value in one of the two records."""
    own = [f.as_field() for f in custom.custom_fields(noun.name)]
    together = merger_of(noun.name).together
    offered = [f for f in noun.fields if f.editable or f.name in together]
    found = [Choice(f, value_of(f, winner), value_of(f, loser)) for f in (*offered, *own)]
    return [c for c in found if c.winner not in EMPTY or c.loser not in EMPTY]


def value_of(field: Field, record: Record) -> Any:
    """Return the record's value of a field."""
    if field.name.startswith(PREFIX):
        return record.custom.get(field.name.removeprefix(PREFIX))
    return getattr(record, field.attribute)


def decided(offered: list[Choice], given: Mapping[str, str]) -> dict[str, str]:
    """Return field name to winner or loser; raise `InvalidInput` for a field or an answer that there is not."""
    names = {c.field.name for c in offered}
    errors = {n: ["There is no such field to choose in."] for n in given if n not in names}
    errors |= {n: ["Either winner or loser is expected."] for n, v in given.items() if v not in (WINNER, LOSER)}
    if errors:
        raise InvalidInput({f"choices.{n}": m for n, m in errors.items()})
    return {c.field.name: given.get(c.field.name, c.usual) for c in offered}


def apply(noun: Noun, winner: Any, loser: Any, decisions: Mapping[str, str]) -> dict[str, Any]:
    """Set what was decided on the winner; return what undoing needs: attribute and custom key to [before, after]."""
    merger = merger_of(noun.name)
    watched = _attributes(noun, merger, decisions)
    before = {name: as_json(getattr(winner, name)) for name in watched}
    own_before = dict(winner.custom)
    for name, side in decisions.items():
        if side == LOSER:
            _take(noun, merger, name, winner, loser)
    for name in merger.latest:
        moments = [m for m in (getattr(winner, name), getattr(loser, name)) if m is not None]
        setattr(winner, name, max(moments, default=None))
    for name in merger.filled:
        if not getattr(winner, name):
            setattr(winner, name, str(getattr(loser, name)))
    merger.derive(winner)
    after = {name: as_json(getattr(winner, name)) for name in watched}
    own = {k: [own_before.get(k), winner.custom.get(k)] for k in {*own_before, *winner.custom}}
    return {
        "fields": {n: [before[n], after[n]] for n in watched if before[n] != after[n]},
        "custom": {k: pair for k, pair in own.items() if pair[0] != pair[1]},
    }


def take_back(noun: Noun, winner: Any, undo: Mapping[str, Any]) -> list[str]:
    """Set on the winner what it had before the merge; return the labels of fields that changed since and stay."""
    kept: list[str] = []
    columns = {f.attname: f for f in winner._meta.concrete_fields}
    derived = merger_of(noun.name).derived
    labels = {f.attribute: f.label for f in noun.fields}
    for name, (before, after) in undo["fields"].items():
        if as_json(getattr(winner, name)) == after:
            setattr(winner, name, columns[name].to_python(before))
        elif name not in derived:
            kept.append(labels.get(name, name))
    for key, (before, after) in undo["custom"].items():
        if winner.custom.get(key) != after:
            kept.append(key)
            continue
        winner.custom = {k: v for k, v in {**winner.custom, key: before}.items() if v is not None}
    return kept


def leave_to_others(noun: Noun, winner: Any, loser: Any) -> list[str]:
    """Take off two records that are parted what must be unique and others hold by now; return the labels of it."""
    left: list[str] = []
    for field in custom.custom_fields(noun.name):
        for record in (winner, loser):
            if custom.is_taken(field, record.custom, but=(winner.pk, loser.pk)):
                record.custom = {k: v for k, v in record.custom.items() if k != field.key}
                left.append(field.label)
    return left


def changes(noun: Noun, undo: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what a merge changed as events tell it: field name to [before, after]."""
    names = {f.attribute: f.name for f in noun.fields}
    told = {names[n]: pair for n, pair in undo["fields"].items() if n in names}
    return told | {PREFIX + key: pair for key, pair in undo["custom"].items()}


def as_json(value: Any) -> Any:
    """Return a column's value as JSON."""
    if isinstance(value, str | int | float | bool | list | dict | None):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _attributes(noun: Noun, merger: Merger, decisions: Mapping[str, str]) -> list[str]:
    plain = [n for n in decisions if not n.startswith(PREFIX)]
    found = [a for n in plain for a in merger.together.get(n, (noun.field(n).attribute,))]
    return list(dict.fromkeys([*found, *merger.latest, *merger.filled, *merger.derived]))


def _take(noun: Noun, merger: Merger, name: str, winner: Any, loser: Any) -> None:
    if name.startswith(PREFIX):
        key = name.removeprefix(PREFIX)
        value = loser.custom.get(key)
        winner.custom = {k: v for k, v in {**winner.custom, key: value}.items() if v is not None}
        return
    for attribute in merger.together.get(name, (noun.field(name).attribute,)):
        setattr(winner, attribute, getattr(loser, attribute))
