"""Evaluation over plain answers, without a database: forms and routing ask the same trees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fairlead.records.criteria.context import Context
from fairlead.records.criteria.nodes import All, AnyOf, EventTest, FieldTest, Leaf, MemberTest, Node, Not
from fairlead.records.criteria.primitives import Among, Anniversary, Known, Part, Range, over_keys, reduce
from fairlead.records.custom.keys import keys, searchable


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as plain evaluation knows it."""

    type: str
    occurred_at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of one subject: stored values by field name ("city", "custom.tier", "company.industry"),
    membership ids by kind, and events.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    members: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    events: Sequence[Happening] = ()


def matches(node: Node, answers: Answers, context: Context) -> bool:
    """Tell whether the tree holds for the answers; agrees with the SQL of the same tree."""
    if isinstance(node, All):
        return all(matches(child, answers, context) for child in node.children)
    if isinstance(node, AnyOf):
        return any(matches(child, answers, context) for child in node.children)
    if isinstance(node, Not):
        return not matches(node.child, answers, context)
    return leaf_matches(node, answers, context)


def leaf_matches(leaf: Leaf, answers: Answers, context: Context) -> bool:
    """Tell whether one condition holds."""
    if isinstance(leaf, FieldTest):
        return _field(leaf, answers.values.get(leaf.ref.name), context)
    if isinstance(leaf, MemberTest):
        return _member(leaf, answers.members.get(leaf.kind, frozenset()))
    return _event(leaf, answers.events, context)


def _field(test: FieldTest, value: Any, context: Context) -> bool:
    primitive, denied = reduce(test, context)
    return _holds(test, over_keys(test.ref.type, primitive), value) != denied


def _holds(test: FieldTest, primitive: Any, value: Any) -> bool:
    found = keys(test.ref.type, value)
    if isinstance(primitive, Known):
        return bool(found)
    if isinstance(primitive, Among):
        return (all if primitive.every else any)(v in found for v in primitive.values)
    if isinstance(primitive, Part):
        return bool(found) and _part(primitive, searchable(test.ref.type, value))
    if isinstance(primitive, Anniversary):
        return any(key[:5] in primitive.days for key in found)
    return any(_within(primitive, key) for key in found)


def _part(test: Part, text: str) -> bool:
    if test.where == "contains":
        return test.text in text
    return text.startswith(test.text) if test.where == "starts_with" else text.endswith(test.text)


def _within(test: Range, key: str) -> bool:
    low = test.low is None or (key > test.low if test.above_low else key >= test.low)
    return low and (test.high is None or (key <= test.high if test.up_to_high else key < test.high))


def _member(test: MemberTest, ids: frozenset[UUID]) -> bool:
    if test.op == "has_all":
        return ids.issuperset(test.ids)
    return bool(ids.intersection(test.ids)) != (test.op in ("has_none", "not_in"))


def _event(test: EventTest, events: Sequence[Happening], context: Context) -> bool:
    since = None if test.days is None else context.now - timedelta(days=test.days)
    count = sum(
        1
        for event in events
        if event.type == test.type
        and (since is None or event.occurred_at >= since)
        and all(_text(event.data.get(name)) == value for name, value in test.where)
    )
    return test.holds_for(count)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
