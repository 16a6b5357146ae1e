"""Membership kinds: rooms plug in what a record can belong to (tags, lists, segments)."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from fairlead.records.fields import Option
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Rows:
    """Where membership stands: a table under row-level security, the columns with the record and with what it belongs
    to, and what must hold of a row, as SQL over the alias `m` with its parameters. `about` tells roughly how many rows
    there are, where the kind keeps count; `merged` what rows may say instead of what they are about to say (a tag that
    is being merged into another).
    """

    table: str
    record_column: str
    group_column: str
    where: str
    params: tuple[Any, ...]
    about: Callable[[], int | None] | None = None
    merged: Mapping[UUID, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of membership. `style` "set" has has_any, has_all, has_none; "list" has in, not_in.

    `rows(noun, ids)` says where the members of any of `ids` stand, or None when every record belongs. `missing`
    returns the ids that do not exist, `choices` what the filter builder offers; `of_records` what each of some
    records belongs to, for a column of lists; `past` what is not offered any more and may still be asked for.
    """

    name: str
    label: str
    label_one: str
    style: Literal["set", "list"]
    nouns: Container[str]
    rows: Callable[[str, Sequence[UUID]], Rows | None]
    missing: Callable[[Sequence[UUID]], Sequence[UUID]]
    choices: Callable[[str, Actor], Sequence[Option]]
    of_records: Callable[[str, Sequence[UUID]], Mapping[UUID, Sequence[Option]]] | None = None
    past: Callable[[], Sequence[Option]] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Register a kind; twice the same name raises ValueError."""
    if kind.name in _kinds:
        raise ValueError(f"Membership {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def get(name: str) -> Kind | None:
    """Return the kind called `name`, or None."""
    return _kinds.get(name)


def known(name: str) -> Kind:
    """Return the kind called `name`; KeyError when there is none."""
    return _kinds[name]


def of_noun(noun: str) -> list[Kind]:
    """Return the kinds that records of `noun` can belong to."""
    return [kind for kind in _kinds.values() if noun in kind.nouns]
