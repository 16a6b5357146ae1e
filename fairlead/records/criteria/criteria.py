"""Criteria: one validated tree, ready to be asked of a set, of one record, or condition by condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db.models import BooleanField, Expression, QuerySet
from django.db.models.sql import Query

from fairlead.kernel.errors import NotFound
from fairlead.records.criteria import judging
from fairlead.records.criteria.context import Context
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
        from fairlead.records.criteria.choices import labels

        return labels(leaf, self.noun, self.actor)


class Matches(Expression):
    """Criteria as a condition of a query set: `rows.filter(Matches(criteria))`."""

    def __init__(self, criteria: Criteria, alias: str = "") -> None:
        super().__init__(output_field=BooleanField())
        self.criteria = criteria
        self.alias = alias

    def resolve_expression(self, query: Query | None = None, *args: Any, **kwargs: Any) -> Self:
        """Bind the condition to the table of the query."""
        assert query is not None
        bound = self.copy()
        bound.alias = str(query.get_initial_alias())
        return bound

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        """Follow the table when the query becomes part of another."""
        clone = self.copy()
        clone.alias = change_map.get(self.alias, self.alias)
        return clone

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the compiled tree."""
        # Django leaves the aliases of inner queries bare, which PostgreSQL reads in lower case: "U0" is another name.
        alias = compiler.quote_name_unless_alias(self.alias)
        tree = Compiler(self.criteria.noun, self.criteria.context, page=compiler.query.is_sliced)
        sql = tree.compile(self.criteria.node, alias)
        return f"({sql.text})", sql.params
