"""The few tests that all operators come down to, so that SQL, keys and plain values need only these."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from fairlead.kernel import phone as phones
from fairlead.records.criteria.context import Context, same_time
from fairlead.records.criteria.nodes import FieldTest
from fairlead.records.criteria.operands import INSTANT, ME, Relative, bounds
from fairlead.records.criteria.operators import operator
from fairlead.records.custom.keys import key, phone_key, searchable
from fairlead.records.fields import FieldType


@dataclass(frozen=True, slots=True)
class Known:
    """There is a value."""


@dataclass(frozen=True, slots=True)
class Among:
    """The value, or with `every` each of the values, is among those of the record."""

    values: tuple[Any, ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """low <= value < high; an end that is None is open, the flags move the ends."""

    low: Any = None
    high: Any = None
    above_low: bool = False
    up_to_high: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The searchable text holds `text` somewhere, at its start or at its end."""

    where: Literal["contains", "starts_with", "ends_with"]
    text: str


@dataclass(frozen=True, slots=True)
class Anniversary:
    """Month and day are among these, as "04-12"."""

    days: tuple[str, ...]


Primitive = Known | Among | Range | Part | Anniversary


def reduce(test: FieldTest, context: Context) -> tuple[Primitive, bool]:
    """Return the primitive that a field test means now, and whether the test denies it."""
    chosen = operator(test.ref.type, test.op)
    assert chosen is not None
    name = chosen.opposite or chosen.name
    return _REDUCERS[name](name, test, context), bool(chosen.opposite)


def over_keys(field_type: FieldType, primitive: Primitive) -> Primitive:
    """Return the same test over index keys; `Part` stays over searchable text."""
    if isinstance(primitive, Among):
        return Among(tuple(key(field_type, value) for value in primitive.values), primitive.every)
    if not isinstance(primitive, Range):
        return primitive
    low, high = (None if v is None else key(field_type, v) for v in (primitive.low, primitive.high))
    if field_type is FieldType.MONEY:  # amounts compare within their currency: "EUR:" <= key < "EUR;"
        currency = (low or high or "")[:3]
        low, high = low or f"{currency}:", high or f"{currency};"
    return Range(low, high, primitive.above_low, primitive.up_to_high)


def _known(name: str, test: FieldTest, context: Context) -> Primitive:
    return Known()


def _same(name: str, test: FieldTest, context: Context) -> Primitive:
    if test.ref.type in (FieldType.DATE, FieldType.DATETIME):
        return _moment(name, test, context)
    values = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if test.ref.type is FieldType.PHONE:
        numbers = (form for v in values for form in (v, phones.e164(v, context.country)) if form)
        values = tuple(dict.fromkeys(phone_key(number) for number in numbers))
    elif test.ref.type is FieldType.MEMBER:
        values = tuple(v for v in (context.me if v == ME else v for v in values) if v is not None)
    return Among(values)


def _every(name: str, test: FieldTest, context: Context) -> Primitive:
    return Among(test.operand, every=True)


def _part(name: str, test: FieldTest, context: Context) -> Primitive:
    text = searchable(test.ref.type, test.operand)
    if test.ref.type is FieldType.PHONE and name == "contains":
        text = text.lstrip("0") or text  # the national prefix is no part of the number in E.164
    return Part(name, text)  # type: ignore[arg-type]


def _truth(name: str, test: FieldTest, context: Context) -> Primitive:
    return Among((name == "is_true",))


def _compare(name: str, test: FieldTest, context: Context) -> Primitive:
    value = test.operand
    if name == "between":
        return Range(*_ordered(test.ref.type, *value), up_to_high=True)
    if name in ("gt", "gte"):
        return Range(low=value, above_low=name == "gt")
    return Range(high=value, up_to_high=name == "lte")


def _ordered(field_type: FieldType, low: Any, high: Any) -> tuple[Any, Any]:
    return (low, high) if key(field_type, low) <= key(field_type, high) else (high, low)


def _moment(name: str, test: FieldTest, context: Context) -> Primitive:
    first, last = test.operand if isinstance(test.operand, tuple) else (test.operand, test.operand)
    (start, _), (_, end) = bounds(first, context), bounds(last, context)
    spans = {"before": (None, start), "after": (end, None)}
    return _of(test, context, *spans.get(name, (start, end)))


def _between(name: str, test: FieldTest, context: Context) -> Primitive:
    moments = test.ref.type in (FieldType.DATE, FieldType.DATETIME)
    return _moment(name, test, context) if moments else _compare(name, test, context)


def _span(name: str, test: FieldTest, context: Context) -> Primitive:
    span: Relative = test.operand
    sign = -1 if name == "in_last" else 1
    there = Relative(sign * span.amount, span.unit).day(context)
    if test.ref.type is FieldType.DATE:
        first, last = sorted((there, context.today))
        return Range(first, last + timedelta(days=1))
    edge = same_time(context.now.astimezone(context.zone), there).astimezone(UTC)
    first_moment, last_moment = sorted((edge, context.now))
    return Range(first_moment, last_moment + INSTANT)


def _of(test: FieldTest, context: Context, start: datetime | None, end: datetime | None) -> Range:
    if test.ref.type is FieldType.DATETIME:
        return Range(start, end)
    low, high = (None if edge is None else _day(edge, context) for edge in (start, end))
    return Range(low, high)


def _day(moment: datetime, context: Context) -> date:
    return moment.astimezone(context.zone).date()


def _anniversary(name: str, test: FieldTest, context: Context) -> Primitive:
    days = [context.today + timedelta(days=n) for n in range(test.operand + 1)]
    words = {day.strftime("%m-%d") for day in days}
    if any(d.month == 2 and d.day == 28 and (d + timedelta(days=1)).month == 3 for d in days):
        words.add("02-29")  # people born on leap days celebrate on the 28th in other years
    return Anniversary(tuple(sorted(words)))


_REDUCERS: dict[str, Callable[[str, FieldTest, Context], Primitive]] = {
    "is_known": _known,
    "is": _same,
    "in": _same,
    "has_any": _same,
    "has_all": _every,
    "contains": _part,
    "starts_with": _part,
    "ends_with": _part,
    "is_true": _truth,
    "is_false": _truth,
    "gt": _compare,
    "gte": _compare,
    "lt": _compare,
    "lte": _compare,
    "between": _between,
    "before": _moment,
    "after": _moment,
    "in_last": _span,
    "in_next": _span,
    "anniversary": _anniversary,
}
