"""The registry of nouns: what lists, filters, bulk actions, import, export and the API know of each kind of record.

A room registers its noun once; every engine then works on it.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from fairlead.records.fields import Field
from fairlead.records.models import Record
from fairlead.tenancy.public import Actor


class Verbs(Protocol):
    """The actions every noun offers to the engines. All raise `Forbidden`, `NotFound`, `InvalidInput`."""

    def create(self, values: Mapping[str, Any], *, by: Actor) -> Record:
        """Create a record from field values."""

    def update(self, record_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None) -> Record:
        """Change fields; a `version` that is no longer current raises `StaleVersion`."""

    def delete(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """Put records into the bin and return how many went."""

    def restore(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """Take records out of the bin and return how many came back."""

    def purge(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """Delete records in the bin for good and return how many went; the permission is `<plural>.purge`."""


class SetField(Protocol):
    """The action that sets one field of many records at once, all or none; it raises like the verbs."""

    def __call__(self, values: Mapping[UUID, Any], name: str, *, by: Actor) -> Mapping[UUID, Any]:
        """Set the field of each record to its value; return what it was (JSON) where it changed."""


@dataclass(frozen=True)
class Noun:
    """A kind of record. Permissions are `<plural>.view|edit|delete|purge|export|import`.

    `event_column` is the column of the log that points at such a record; `page` names the URL of a record's page
    (arguments `firm` and `record_id`); `find` narrows rows to what somebody typed into the list's search;
    bulk actions use `set_field`, and change record by record without it; `computed` fields are asked and shown in
    lists, not written; `guard` raises `Forbidden` when one of the visible rows may not be changed. In `extra`:
    `square` pictures or none (`plain`), `choices` (URL name of a picker), `pages` (label, icon, URL name: buttons above
    the list), `reports` (the same, of what the list shows: they take `of`, the plural, and `criteria`).
    """

    name: str
    plural: str
    label: str
    label_plural: str
    icon: str
    model: type[Record]
    fields: tuple[Field, ...]
    visible: Callable[[Actor], QuerySet[Any]]
    verbs: Verbs
    default_columns: tuple[str, ...]
    default_sort: str
    taggable: bool = True
    event_column: str = "subject_id"
    page: str = ""
    find: Callable[[QuerySet[Any], str, Actor], QuerySet[Any]] | None = None
    set_field: SetField | None = None
    guard: Callable[[Actor, QuerySet[Any]], None] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    computed: tuple[Field, ...] = ()

    @property
    def standard_fields(self) -> dict[str, Field]:
        """Return the standard fields by name."""
        return {f.name: f for f in self.fields}

    @property
    def every_field(self) -> tuple[Field, ...]:
        """Return what may be asked and shown: the standard fields and the computed ones."""
        return (*self.fields, *self.computed)

    def field(self, name: str) -> Field:
        """Return the standard or computed field called `name`; KeyError when there is none."""
        for candidate in self.every_field:
            if candidate.name == name:
                return candidate
        raise KeyError(name)

    def permission(self, verb: str) -> str:
        """Return the permission for `verb`, e.g. `contacts.export`."""
        return f"{self.plural}.{verb}"


@dataclass(frozen=True)
class Keeping:
    """Something else that the filter of a noun's list can be kept as, by who has the `permission`.

    `page` is the URL name of what makes it; it takes `criteria`.
    """

    noun: str
    label: str
    icon: str
    page: str
    permission: str


_keepings: list[Keeping] = []
_nouns: dict[str, Noun] = {}
_for_many: ContextVar[bool] = ContextVar("rows_for_many", default=False)


@contextmanager
def for_many() -> Iterator[None]:
    """Have `visible` ask nothing by itself: its rows are wanted for many members, in one query."""
    token = _for_many.set(True)
    try:
        yield
    finally:
        _for_many.reset(token)


def is_for_many() -> bool:
    """Tell whether a query for each member would be one too many."""
    return _for_many.get()


class Taggable(Container[str]):
    """The names of all nouns that carry tags, those registered later too."""

    def __contains__(self, name: object) -> bool:
        return name in _nouns and _nouns[str(name)].taggable


def register(noun: Noun) -> None:
    """Register a noun; twice the same name raises ValueError."""
    if noun.name in _nouns:
        raise ValueError(f"Noun {noun.name} is registered twice.")
    _nouns[noun.name] = noun


def keep_as(keeping: Keeping) -> None:
    """Offer to keep the filters of a noun's list as something else."""
    _keepings.append(keeping)


def keepings(noun: str, by: Actor) -> list[Keeping]:
    """Return what the actor may keep the filters of a noun's list as."""
    return [k for k in _keepings if k.noun == noun and by.can(k.permission)]


def get(name: str) -> Noun:
    """Return the noun called `name`, in the singular or the plural; KeyError when there is none."""
    if name in _nouns:
        return _nouns[name]
    for noun in _nouns.values():
        if noun.plural == name:
            return noun
    raise KeyError(name)


def registered() -> list[Noun]:
    """Return every noun in the order of registration."""
    return list(_nouns.values())
