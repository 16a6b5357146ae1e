"""What a noun plugs into the import engine, and what other rooms add to a noun's imports."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from fairlead.records.custom import Home
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.convert import Batch, Parse
from fairlead.records.imports.options import Options
from fairlead.records.imports.problems import Fault, Problem
from fairlead.records.imports.suggest import Guess
from fairlead.records.models import CustomField, ImportRun
from fairlead.tenancy.public import Actor


class Moved(Exception):
    """Records changed between planning and writing; the chunk is planned again."""


@dataclass(frozen=True)
class Context:
    """What a session knows of its run. `rehearsal` is a dry run: nothing may be written."""

    run_id: UUID
    by: Actor
    home: Home
    options: Options
    columns: Sequence[Column]
    custom: Mapping[str, CustomField]
    rehearsal: bool = False

    @cached_property
    def required(self) -> dict[str, Fault]:
        """Return what is wrong with a record that lacks a required own field, by the field's key."""
        fields = [f for f in self.custom.values() if f.is_required]
        headers = {column.target: column.header for column in self.columns}
        return {f.key: Fault(headers.get(f.name, ""), "", f"{f.label} is required.") for f in fields}

    def lacking(self, filled: Container[str]) -> list[Fault]:
        """Return what is wrong with a new record whose own fields with these keys are filled."""
        required = self.required.items()
        return [fault for key, fault in required if key not in filled and self.custom[key].default is None]


@dataclass
class Plan:
    """What a chunk will do. `content` is the noun's own."""

    batch: Batch
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=dict)
    content: Any = None


class Session(Protocol):
    """One run of a noun's importer; it may keep what it learnt from chunk to chunk."""

    def parsers(self) -> Mapping[int, Parse]:
        """Return how the cells of each mapped column (by index) are read."""

    def keys(self, batch: Batch) -> set[str]:
        """Return what identifies the chunk's records: chunks that share a key are written one after the other."""

    def plan(self, batch: Batch) -> Plan:
        """Match the rows with records and say what to do, in a transaction of the caller; may create references."""

    def new_keys(self, plan: Plan) -> list[str]:
        """Return a key for each record that the plan would make, so that a rehearsal counts it once."""

    def write(self, plan: Plan) -> None:
        """Carry the plan out in the chunk's transaction. Raises `Moved` when records changed meanwhile."""


class Importer(Protocol):
    """A noun that files can be imported into.

    `choices` are the options (`options.Options`) beyond the mode and overwriting that mean something to it.
    """

    noun: str
    choices: frozenset[str]

    def targets(self) -> Sequence[Target]:
        """Return what columns may be written to, custom fields left out."""

    def known(self, header: str, values: Sequence[str]) -> Guess | None:
        """Return what a normalised header means, None when it is unknown."""

    def session(self, context: Context) -> Session:
        """Open a session for a run."""

    def revert(self, run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
        """Undo one chunk in the caller's transaction; return how many records, and the kept ones (id, name, why)."""

    def clear_away(self, run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
        """Remove what the run made by the way and nobody uses once its records are back; return kind to names."""


class Extra(Protocol):
    """A target that another room adds to a noun, such as notes."""

    target: Target

    def missing(self, noun: str, wanted: Sequence[tuple[str, str]]) -> Sequence[bool]:
        """Tell for each (record id, text) whether the record lacks it."""

    def write(self, noun: str, wanted: Sequence[tuple[str, str]], *, by: Actor) -> Sequence[str]:
        """Write the texts in the caller's transaction; return an id for each, by which `undo` finds it."""

    def undo(self, written: Sequence[str], *, by: Actor) -> None:
        """Take back what `write` wrote."""


_importers: dict[str, Importer] = {}
_extras: dict[tuple[str, str], Extra] = {}


def register(importer: Importer) -> None:
    """Register a noun's importer; ValueError for a second one."""
    if _importers.setdefault(importer.noun, importer) is not importer:
        raise ValueError(f"The noun {importer.noun} has an importer already.")


def register_extra(noun: str, extra: Extra) -> None:
    """Add a target to a noun's imports; ValueError for a name that is taken."""
    if _extras.setdefault((noun, extra.target.name), extra) is not extra:
        raise ValueError(f"The target {extra.target.name} of {noun} is taken.")


def importer_of(noun: str) -> Importer:
    """Return the noun's importer; KeyError when it has none."""
    return _importers[noun]


def has_importer(noun: str) -> bool:
    """Tell whether files can be imported into the noun."""
    return noun in _importers


def extras_of(noun: str) -> dict[str, Extra]:
    """Return the extra targets of a noun by name."""
    return {name: extra for (owner, name), extra in _extras.items() if owner == noun}


def targets_of(noun: str) -> list[Target]:
    """Return every target of a noun but its custom fields."""
    return [*importer_of(noun).targets(), *(e.target for e in extras_of(noun).values())]
