"""Criteria: one validated tree, ready to be asked of a set, of one record, or condition by condition."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, QuerySet

from fairlead.kernel.errors import NotFound
from fairlead.records.criteria import judging
from fairlead.records.criteria.binding import OverTable
from fairlead.records.criteria.choices import labels
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.fragments import Sql
from fairlead.records.criteria.nodes import All, AnyOf, Leaf, Node, Not, holds, leaves
from fairlead.records.criteria.parsing import parse
from fairlead.records.criteria.plain import Answers, matches
from fairlead.records.criteria.sql import Compiler
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.criteria.words import words
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a node holds for one record, in words, with its children."""

    path: str
    text: str
    holds: bool
    children: tuple["Explanation", ...] = ()


class Criteria:
    """A validated tree of one noun. Raises `InvalidInput` that names every wrong node; see `parse` for `stored`."""

    def __init__(
        self,
        noun: Noun,
        tree: Any,
        *,
        by: Actor,
        vocabulary: Vocabulary | None = None,
        context: Context | None = None,
        stored: bool = False,
    ) -> None:
        self.noun = noun
        self.node: Node = parse(vocabulary or Vocabulary(noun), tree, stored=stored)
        self.context = context or Context.of(by)
        self.actor = by

    def filter(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that match; access and criteria are one statement."""
        return rows.filter(Matches(self))

    def matches(self, record_id: UUID) -> bool:
        """Tell whether one record, which the actor may see, matches: the same statement for one id."""
        return self.filter(self.noun.visible(self.actor).filter(pk=record_id)).exists()

    def matches_answers(self, answers: Answers) -> bool:
        """Tell whether plain answers match."""
        return matches(self.node, answers, self.context)

    def explain(self, record_id: UUID) -> Explanation:
        """Return for every condition whether it holds for the record, in a few statements; raise `NotFound`."""
        found = list(leaves(self.node))
        row = judging.verdicts(self.noun, found, [record_id], self.context).get(record_id)
        if row is None:
            raise NotFound
        return self._explained(self.node, {leaf.path: row[judging.key(leaf)] for leaf in found})

    def _explained(self, node: Node, verdicts: dict[str, bool]) -> Explanation:
        if isinstance(node, All | AnyOf):
            children = tuple(self._explained(child, verdicts) for child in node.children)
            text = "All of these" if isinstance(node, All) else "Any of these"
            return Explanation(node.path, text, holds(node, verdicts), children)
        if isinstance(node, Not):
            child = self._explained(node.child, verdicts)
            return Explanation(node.path, "Not", not child.holds, (child,))
        return Explanation(node.path, self.in_words(node), verdicts[node.path])

    def in_words(self, leaf: Leaf) -> str:
        """Return one condition as a sentence."""
        return words(leaf, self._names(leaf))

    def _names(self, leaf: Leaf) -> dict[Any, str]:
        return labels(leaf, self.noun, self.actor)


class Matches(OverTable):
    """Criteria as a condition of a query set: `rows.filter(Matches(criteria))`."""

    def __init__(self, criteria: Criteria) -> None:
        super().__init__(output_field=BooleanField())
        self.criteria = criteria

    def sql(self, alias: str, *, sliced: bool) -> Sql:
        """Return the compiled tree."""
        return Compiler(self.criteria.noun, self.criteria.context, page=sliced).compile(self.criteria.node, alias)
