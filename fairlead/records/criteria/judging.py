"""Many trees asked of a few records: each different condition once, in a few statements however many trees there are.

Conditions over columns are columns of one SELECT. What the records belong to is read once for each kind, and events
are counted in one scan of the records' own part of the log. Values of the firm's own fields are judged from the
record's document, because their index answers by value and not by record.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection

from fairlead.records.criteria.belonging import judge_members
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.field_sql import FOLDED
from fairlead.records.criteria.fragments import Sql, quote
from fairlead.records.criteria.nodes import All, AnyOf, EventTest, FieldTest, Leaf, MemberTest, Node, Not, leaves
from fairlead.records.criteria.plain import Answers, leaf_matches
from fairlead.records.criteria.sql import LATE, Compiler, column
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import require_firm

Key = tuple[Any, ...]
Verdicts = dict[UUID, dict[Key, bool]]
WIDTH = 200  # columns of one statement


def key(leaf: Leaf) -> Key:
    """Return what makes a condition the same wherever it stands."""
    if isinstance(leaf, FieldTest):
        return "field", leaf.ref.name, leaf.op, repr(leaf.operand)
    if isinstance(leaf, MemberTest):
        return "member", leaf.kind, leaf.op, leaf.ids
    return "event", leaf.type, leaf.op, leaf.count, leaf.days, leaf.where


def judge(noun: Noun, trees: Sequence[Node], ids: Sequence[UUID], context: Context) -> dict[UUID, list[bool]]:
    """Return for each of the records that the context's actor may see whether each tree holds."""
    asked = {key(leaf): leaf for tree in trees for leaf in leaves(tree)}
    places = {at: place for place, at in enumerate(asked)}
    combined = [_combined(tree, places) for tree in trees]
    judged: dict[UUID, list[bool]] = {}
    for pk, row in verdicts(noun, asked.values(), ids, context).items():
        held = [row[at] for at in asked]
        judged[pk] = [holds(held) for holds in combined]
    return judged


def _combined(node: Node, places: Mapping[Key, int]) -> Callable[[Sequence[bool]], bool]:
    """Return what combines the verdicts of the leaves, by place, to that of the tree: built once, asked of each
    record.
    """
    if isinstance(node, Not):
        denied = _combined(node.child, places)
        return lambda held: not denied(held)
    if isinstance(node, All | AnyOf):
        combine, children = (all if isinstance(node, All) else any), [_combined(c, places) for c in node.children]
        return children[0] if len(children) == 1 else lambda held: combine(child(held) for child in children)
    return itemgetter(places[key(node)])


def verdicts(noun: Noun, asked: Iterable[Leaf], ids: Sequence[UUID], context: Context) -> Verdicts:
    """Return for each of the records that the context's actor may see whether each condition holds."""
    distinct = {key(leaf): leaf for leaf in asked}
    own = {at: leaf for at, leaf in distinct.items() if isinstance(leaf, FieldTest) and leaf.ref.custom is not None}
    counted = {at: leaf for at, leaf in distinct.items() if isinstance(leaf, EventTest)}
    belonging = {at: leaf for at, leaf in distinct.items() if isinstance(leaf, MemberTest)}
    plain = {at: leaf for at, leaf in distinct.items() if at not in own | counted | belonging}
    found = _asked(noun, plain, ids, context)
    for kind in {leaf.kind for leaf in belonging.values()}:
        judge_members(noun, {at: leaf for at, leaf in belonging.items() if leaf.kind == kind}, found)
    if own:
        _judge_documents(noun, own, found, context)
    if counted:
        _count_events(noun, counted, found, context)
    return found


def _asked(noun: Noun, plain: Mapping[Key, Leaf], ids: Sequence[UUID], context: Context) -> Verdicts:
    assert context.actor is not None
    compiler = Compiler(noun, context, probe=True)
    try:
        seen = noun.visible(context.actor).filter(pk__in=ids).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # no ids, or nothing that the actor may see
        return {}
    found: Verdicts = {}
    conditions = list(plain.items())
    for start in range(0, max(1, len(conditions)), WIDTH):
        chunk = conditions[start : start + WIDTH]
        parts = [compiler.leaf(leaf, "t") for _, leaf in chunk]
        for pk, *values in _select(noun, parts, seen):
            found.setdefault(pk, {}).update((at, bool(v)) for (at, _), v in zip(chunk, values, strict=True))
    return found


def _select(noun: Noun, parts: Sequence[Sql], seen: tuple[str, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    rows, params = seen
    folded: dict[str, str] = {}
    columns = "".join(f", {part.text}" for part in parts)
    # A column that many conditions fold is folded once a record: for text that is not ASCII that is costly. OFFSET
    # keeps PostgreSQL from writing the expression back to where its name stands.
    columns = FOLDED.sub(lambda found: folded.setdefault(found[0], f"t.folded_{len(folded)}"), columns)
    more = "".join(f", {expression} AS {name[2:]}" for expression, name in folded.items())
    table = quote(noun.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id{columns} FROM (SELECT t.*{more} FROM {table} t WHERE t.id IN ({rows}) OFFSET 0) t",
            [value for part in parts for value in part.params] + list(params),
        )
        return list(cursor.fetchall())


def _judge_documents(noun: Noun, own: Mapping[Key, FieldTest], found: Verdicts, context: Context) -> None:
    """Judge the firm's own fields from the documents of the records, and of those they point at."""
    for via in {leaf.ref.via.name if leaf.ref.via else "" for leaf in own.values()}:
        here = {at: leaf for at, leaf in own.items() if (leaf.ref.via.name if leaf.ref.via else "") == via}
        documents = _documents(noun, next(iter(here.values())), list(found), context)
        for pk, row in found.items():
            document = documents.get(pk) or {}
            for at, leaf in here.items():
                assert leaf.ref.custom is not None
                answers = Answers({leaf.ref.name: document.get(leaf.ref.custom.key)})
                row[at] = leaf_matches(leaf, answers, context)


def _documents(noun: Noun, leaf: FieldTest, ids: Sequence[UUID], context: Context) -> dict[UUID, dict[str, Any]]:
    via = leaf.ref.via
    if via is None:
        return dict(noun.model.rows().filter(pk__in=ids).values_list("pk", "custom"))
    assert context.actor is not None
    pointed = dict(noun.model.rows().filter(pk__in=ids).values_list("pk", column(noun.model, via.attribute)))
    related = leaf.ref.noun.visible(context.actor).filter(pk__in=[pk for pk in pointed.values() if pk])
    documents = dict(related.values_list("pk", "custom"))
    return {pk: documents[there] for pk, there in pointed.items() if there in documents}


def _count_events(noun: Noun, counted: Mapping[Key, EventTest], found: Verdicts, context: Context) -> None:
    compiler, record = Compiler(noun, context), quote(noun.event_column)
    parts = [compiler.event_where(test) for test in counted.values()]
    columns = "".join(f", count(*) FILTER (WHERE {part.text})" for part in parts)
    where, params = _bounds(record, list(counted.values()), list(found), context)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.{record}{columns} FROM events_event e WHERE {where} GROUP BY 1",
            [value for part in parts for value in part.params] + params,
        )
        counts = {pk: numbers for pk, *numbers in cursor.fetchall()}
    for pk, row in found.items():
        for at, (place, test) in enumerate(counted.items()):
            row[place] = test.holds_for(counts[pk][at] if pk in counts else 0)


def _bounds(record: str, tests: Sequence[EventTest], ids: Sequence[UUID], context: Context) -> tuple[str, list[Any]]:
    """Return what narrows the scan: these records, these types and, when every window has one, the oldest start."""
    where = f"e.firm_id = %s AND e.{record} = ANY(%s) AND e.type = ANY(%s)"
    params: list[Any] = [require_firm(), list(ids), sorted({test.type for test in tests})]
    if all(test.days is not None for test in tests):
        since = context.since(max(test.days or 0 for test in tests))
        where += " AND e.occurred_at >= %s AND e.recorded_at >= %s"
        params += [since, since - LATE]
    return where, params
