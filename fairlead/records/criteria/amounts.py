"""Conditions whose amounts are in the firm's currency without saying so: they stay as they were typed when it changes.

`found` asks all who keep trees (`keepers`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairlead.kernel.errors import InvalidInput
from fairlead.records import nouns
from fairlead.records.criteria import keepers
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.nodes import FieldTest, leaves
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.criteria.words import words
from fairlead.records.fields import FieldType
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a kept tree says of amounts in the firm's currency, condition by condition."""

    kept: keepers.Kept
    conditions: Sequence[str]


def found(actor: Actor) -> list[Amounts]:
    """Return every kept tree that the actor may see and that holds such amounts, kind by kind."""
    vocabularies = {noun.name: Vocabulary(noun) for noun in nouns.registered()}
    context = Context.of(actor)
    told = []
    for kept in keepers.kept(actor):
        said = list(_said(kept, vocabularies[kept.noun], context, actor)) if kept.tree else []
        if said:
            told.append(Amounts(kept, said))
    return told


def _said(kept: keepers.Kept, vocabulary: Vocabulary, context: Context, actor: Actor) -> Iterator[str]:
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
