"""What a list is asked for, and its rows: access, quick search and criteria in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, prefix_end
from fairlead.records import lists
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.fields import FieldType
from fairlead.records.nouns import Noun
from fairlead.shell.api import paging
from fairlead.shell.keyset import Cut, Position
from fairlead.tenancy.public import Actor

PAGE, QUERY_LENGTH = 50, 200


@dataclass(frozen=True)
class Listing:
    """A list of one noun as one actor asks for it. `criteria` is a tree or None; `sort` "name" or "-name"."""

    noun: Noun
    actor: Actor
    criteria: Any = None
    query: str = ""
    sort: str = ""
    vocabulary: Vocabulary = field(kw_only=True)
    context: Context | None = None

    def rows(self) -> QuerySet[Any]:
        """Return every row, in no order. Raises `InvalidInput` that names the wrong nodes of the criteria."""
        return narrowed(
            self.noun, self.noun.visible(self.actor), self.actor, criteria=self.criteria, query=self.query,
            vocabulary=self.vocabulary, context=self.context,
        )  # fmt: skip

    def order(self) -> lists.Sort:
        """Return the order asked for, by default the noun's."""
        name = self.sort or self.noun.default_sort
        return lists.sort(self.noun, name, self.vocabulary.custom(self.noun))

    def page(self, cursor: str, shown: Sequence[str], limit: int = PAGE) -> tuple[Cut, list[dict[str, Any]]]:
        """Return a page of the `shown` values and where its neighbours begin."""
        by = self.order()
        return lists.page(self.noun, self.rows(), by, position(self.noun, by, cursor), limit, shown)

    def count(self) -> int:
        """Return how many rows there are."""
        return self.rows().count()


def narrowed(
    noun: Noun,
    rows: QuerySet[Any],
    actor: Actor,
    *,
    criteria: Any = None,
    query: str = "",
    vocabulary: Vocabulary | None = None,
    context: Context | None = None,
) -> QuerySet[Any]:
    """Return the rows that match the criteria and what somebody typed."""
    if criteria is not None:
        asked = Criteria(noun, criteria, by=actor, vocabulary=vocabulary or Vocabulary(noun), context=context)
        rows = asked.filter(rows)
    typed = query.replace("\x00", "").strip()[:QUERY_LENGTH]
    if not typed:
        return rows
    return noun.find(rows, typed, actor) if noun.find else _beginning_with(noun, rows, typed)


def _beginning_with(noun: Noun, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Return the rows one of whose ordered texts begins with what was typed: ranges of their indexes."""
    begins = Q()
    for known in noun.fields:
        if known.sortable and known.type in (FieldType.TEXT, FieldType.EMAIL):
            prefix = fold(typed) if known.type is FieldType.TEXT else typed.lower()
            start = {f"{known.sort_column}__gte": prefix, f"{known.sort_column}__lt": prefix_end(prefix)}
            begins |= Q(**start)
    return rows.filter(begins)


def mark(by: lists.Sort, at: Position | None) -> str:
    """Return the cursor of a position, "" for none."""
    return paging.mark(by.name, at) or ""


def position(noun: Noun, by: lists.Sort, cursor: str) -> Position | None:
    """Return the position of a cursor that `mark` made; raise `InvalidInput` for any other."""
    if not cursor:
        return None
    if by.custom is None:
        return paging.position(cursor, by.name, noun.model, by.order.column)
    name, backward, value, pk = paging.decode(cursor, 4)
    wrong = name != by.name or not isinstance(backward, bool) or not isinstance(value, str | None)
    try:
        record = UUID(str(pk))
    except ValueError:
        wrong = True
    if wrong or (value and "\x00" in value):
        raise InvalidInput({"?cursor": ["This cursor was not made by this list."]})
    return Position(value, record, backward)
