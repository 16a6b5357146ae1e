"""The registry of bulk verbs. A room plugs in what can be done to many of its records at once."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms

from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor

Params = Mapping[str, Any]
Controls = dict[str, forms.Field]


@dataclass(frozen=True, slots=True)
class Failure:
    """A record the verb could not be applied to, and why."""

    record_id: UUID
    message: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What a verb did to some records: how many changed, what its undo needs for each (JSON), which failed."""

    changed: int
    previous: Mapping[str, Any] = field(default_factory=dict)
    failures: Sequence[Failure] = ()
    result: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verb:
    """Something to do with many records.

    `permission` is the verb of the noun's permission ("edit"). `takes` tells what each parameter is. `clean` checks
    what a form or the API sent and returns it as JSON, raising `InvalidInput`; it runs in the transaction that
    starts the run, so it may make what is named and missing; `words` says what it does ("Add the tag VIP"); `apply`
    works on at most `chunk` records in one transaction and calls the room's actions; `undo` gets back what `apply`
    kept as previous, and takes back only what nobody has changed since. `controls` are the dialog's form fields.
    `named` words the label where nouns call the same thing differently (a task's owner is its assignee).
    """

    name: str
    label: str
    icon: str
    permission: str
    apply: Callable[[Noun, Sequence[UUID], Params, Actor], Applied]
    words: Callable[[Noun, Params], str]
    clean: Callable[[Noun, Params, Actor], dict[str, Any]] = lambda noun, params, by: {}
    undo: Callable[[Noun, Mapping[str, Any], Params, Actor], Applied] | None = None
    controls: Callable[[Noun, Actor, Params], Controls] = lambda noun, by, params: {}
    nouns: Container[str] = frozenset()
    chunk: int = 1000
    danger: bool = False
    order: int = 100
    listed: bool = True
    takes: Mapping[str, str] = field(default_factory=dict)
    named: Callable[[Noun], str] | None = None

    def label_of(self, noun: Noun) -> str:
        """Return what it is called on lists of the noun."""
        return self.named(noun) if self.named else self.label


_verbs: dict[str, Verb] = {}


def register(verb: Verb) -> None:
    """Register a verb; twice the same name raises ValueError."""
    if verb.name in _verbs:
        raise ValueError(f"Bulk verb {verb.name} is registered twice.")
    _verbs[verb.name] = verb


def get(name: str, noun: Noun) -> Verb:
    """Return the verb called `name` that works on the noun; KeyError when there is none."""
    verb = _verbs[name]
    if verb.nouns and noun.name not in verb.nouns:
        raise KeyError(name)
    return verb


def offered(noun: Noun, by: Actor) -> list[Verb]:
    """Return the verbs that the actor may apply to lists of the noun, in their order."""
    usable = (v for v in _verbs.values() if v.listed and (not v.nouns or noun.name in v.nouns))
    return sorted((v for v in usable if by.can(noun.permission(v.permission))), key=lambda v: (v.order, v.label))
