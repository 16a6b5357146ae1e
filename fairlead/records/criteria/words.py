"""Conditions in words: for explanations, saved views and reports."""

from datetime import date, datetime
from typing import Any

from fairlead.events.public import find
from fairlead.kernel import money
from fairlead.kernel.places import countries
from fairlead.kernel.text import counted
from fairlead.records.criteria import memberships
from fairlead.records.criteria.nodes import EventTest, FieldTest, Leaf, MemberTest
from fairlead.records.criteria.operands import Relative
from fairlead.records.criteria.operators import MEMBER_OPERATORS, operator
from fairlead.records.fields import FieldType

_COUNTS = {">=": "at least", "<=": "at most", "=": "exactly"}


def words(leaf: Leaf, names: dict[Any, str] | None = None) -> str:
    """Return one condition as a sentence; `names` gives the labels of ids."""
    known = names or {}
    if isinstance(leaf, FieldTest):
        return _field(leaf, known)
    if isinstance(leaf, MemberTest):
        kind = memberships.known(leaf.kind)
        label = next(o.label for o in MEMBER_OPERATORS[kind.style] if o.name == leaf.op)
        gone = f"(a {kind.label_one} that is gone)"
        return f"{kind.label} {label} {', '.join(known.get(i, gone) for i in leaf.ids)}"
    return _event(leaf)


def _field(test: FieldTest, names: dict[Any, str]) -> str:
    chosen = operator(test.ref.type, test.op)
    assert chosen is not None
    label = f"{test.ref.via.label}: {test.ref.field.label}" if test.ref.via else test.ref.field.label
    if chosen.shape == "none":
        return f"{label} {chosen.label}"
    values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    shown = [_value(test, value, names) for value in values]
    return f"{label} {chosen.label} {(' and ' if chosen.shape == 'two' else ', ').join(shown)}"


def _value(test: FieldTest, value: Any, names: dict[Any, str]) -> str:
    if isinstance(value, Relative):
        length = f"{abs(value.amount)} {value.unit}"
        if test.op in ("in_last", "in_next"):
            return length
        return "today" if not value.amount else f"{length} {'ago' if value.amount < 0 else 'from now'}"
    if isinstance(value, dict):
        return money.shown(value["amount"], value["currency"])
    if isinstance(value, datetime | date):
        return value.isoformat()
    if test.op == "anniversary":
        return counted(int(value), "day")
    if test.ref.field.in_firm_currency:
        return f"{value:,}"
    if test.ref.type is FieldType.COUNTRY:
        return countries().get(value, str(value))
    labels = {o.value: o.label for o in test.ref.field.every_option}
    return names.get(value) or labels.get(value) or str(value)


def _event(test: EventTest) -> str:
    known = find(test.type)
    label = known.label if known else test.type
    times = "never" if (test.op, test.count) == ("=", 0) else f"{_COUNTS[test.op]} {counted(test.count, 'time')}"
    where = "".join(f", {name} {value}" for name, value in test.where)
    span = f" in the last {counted(test.days, 'day')}" if test.days else ""
    return f"{label} {times}{span}{where}"
