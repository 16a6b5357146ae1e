"""Conditions whose amounts are in the firm's currency without saying so: they stay as they were typed when it changes.

Rooms that keep trees of criteria register where (`register`); `found` asks all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from fairlead.kernel.errors import InvalidInput
from fairlead.records import nouns
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.nodes import FieldTest, leaves
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.criteria.words import words
from fairlead.records.fields import FieldType
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Kept:
    """A tree that somebody keeps over a noun: what it is of ("Segment"), its name, and where it is seen (`page`: the
    name of an address and its values; `query` goes behind it)."""

    kind: str
    id: UUID
    name: str
    noun: str
    tree: Any
    changed_at: datetime
    page: str
    values: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""

    def url(self, firm: str) -> str:
        """Return its address within a firm, by the firm's slug."""
        return reverse(self.page, kwargs={"firm": firm, **self.values}) + self.query


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a kept tree says of amounts in the firm's currency, condition by condition."""

    kept: Kept
    conditions: Sequence[str]


Keeper = Callable[[Actor], Iterable[Kept]]  # those that the actor may see; none without the permission
_keepers: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Register who keeps trees, such as `segments`; the same name twice raises ValueError."""
    if name in _keepers:
        raise ValueError(f"A keeper of criteria called {name} is registered twice.")
    _keepers[name] = keeper


def found(actor: Actor) -> list[Amounts]:
    """Return every kept tree that the actor may see and that holds such amounts, kind by kind."""
    vocabularies = {noun.name: Vocabulary(noun) for noun in nouns.registered()}
    context = Context.of(actor)
    told = []
    for keeper in _keepers.values():
        for kept in keeper(actor):
            said = list(_said(kept, vocabularies[kept.noun], context, actor)) if kept.tree else []
            if said:
                told.append(Amounts(kept, said))
    return told


def _said(kept: Kept, vocabulary: Vocabulary, context: Context, actor: Actor) -> Iterator[str]:
    try:
        asked = Criteria(vocabulary.noun, kept.tree, by=actor, vocabulary=vocabulary, context=context, stored=True)
    except InvalidInput:  # a field of it is gone; whoever keeps it says so
        return
    for leaf in leaves(asked.node):
        if isinstance(leaf, FieldTest) and (leaf.ref.field.in_firm_currency or _is_bare(leaf, kept.tree)):
            yield words(leaf)


def _is_bare(leaf: FieldTest, tree: Any) -> bool:
    """Tell whether an amount was typed without a currency, for a field that has none of its own."""
    if leaf.ref.type is not FieldType.MONEY or leaf.ref.custom is None or leaf.ref.custom.rules.get("currency"):
        return False
    for step in leaf.path.split(".") if leaf.path else ():
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    raw = tree.get("value")
    values = raw if isinstance(raw, list) else [raw]
    return any(not v.get("currency") if isinstance(v, Mapping) else not any(map(str.isalpha, str(v)))
               for v in values if v not in (None, "", True))  # fmt: skip
