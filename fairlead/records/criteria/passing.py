"""What the passing of time changes: between two moments only records near the edges of a condition can change sides."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.records.criteria.context import Context
from fairlead.records.criteria.fragments import join, quote
from fairlead.records.criteria.nodes import EventTest, FieldTest, Leaf
from fairlead.records.criteria.operands import Relative
from fairlead.records.criteria.primitives import Anniversary, Primitive, Range, reduce
from fairlead.records.criteria.sql import LATE, Compiler
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import require_firm


def depends_on_time(leaf: Leaf) -> bool:
    """Tell whether the condition may turn true or false while nothing happens."""
    if isinstance(leaf, EventTest):
        return leaf.days is not None
    if not isinstance(leaf, FieldTest):
        return False
    values = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
    return leaf.op == "anniversary" or any(isinstance(value, Relative) for value in values)


def crossing(noun: Noun, leaf: Leaf, before: Context, now: Context) -> list[UUID]:
    """Return the records, seen or not, for which a condition may have changed between two moments. Few are too many,
    none is missing."""
    if isinstance(leaf, EventTest) and leaf.days is not None:
        return _by_events(noun, leaf, before.since(leaf.days), now.since(leaf.days))
    if isinstance(leaf, FieldTest) and depends_on_time(leaf):
        return _by_values(noun, leaf, list(_edges(reduce(leaf, before)[0], reduce(leaf, now)[0])), now)
    return []


def _by_events(noun: Noun, test: EventTest, start: datetime, end: datetime) -> list[UUID]:
    record = quote(noun.event_column)
    return _ids(
        f"SELECT DISTINCT {record} FROM events_event WHERE firm_id = %s AND type = %s AND occurred_at >= %s "
        f"AND occurred_at < %s AND recorded_at >= %s AND {record} IS NOT NULL",
        [require_firm(), test.type, start, end, start - LATE],
    )


def _by_values(noun: Noun, test: FieldTest, edges: list[Primitive], now: Context) -> list[UUID]:
    if not edges:
        return []
    compiler = Compiler(noun, now)
    moved = join([compiler.tested(test.ref, edge, "t") for edge in edges], "OR")
    return _ids(
        f"SELECT t.id FROM {quote(noun.model._meta.db_table)} t "
        f"WHERE t.firm_id = %s AND t.deleted_at IS NULL AND {moved.text}",
        [require_firm(), *moved.params],
    )


def _edges(then: Primitive, now: Primitive) -> Iterator[Primitive]:
    """Yield the stretches of values over which the ends of a range, or the days of an anniversary, have moved."""
    if isinstance(then, Range) and isinstance(now, Range):
        for was, is_ in ((then.low, now.low), (then.high, now.high)):
            if was != is_:
                yield Range(min(was, is_), max(was, is_), up_to_high=True)
    elif isinstance(then, Anniversary) and isinstance(now, Anniversary) and then != now:
        yield Anniversary(tuple(sorted(set(then.days) ^ set(now.days))))


def _ids(statement: str, parameters: list[Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [pk for (pk,) in cursor.fetchall()]
