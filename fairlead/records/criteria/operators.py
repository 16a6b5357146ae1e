"""The operators of each type of field, and what each expects as its value."""

from dataclasses import dataclass
from typing import Literal

from fairlead.records.fields import FieldType

Shape = Literal["none", "one", "two", "many", "relative", "span", "days"]


@dataclass(frozen=True, slots=True)
class Operator:
    """`shape` of the value: nothing; one; two (from, to); a list; a moment that may be relative; a span
    ({"amount": 30, "unit": "days"}); a number of days. `opposite` names the operator that it denies.
    """

    name: str
    label: str
    shape: Shape
    opposite: str = ""


KNOWN = (Operator("is_known", "is known", "none"), Operator("is_unknown", "is unknown", "none", "is_known"))
_SAME = (Operator("is", "is", "one"), Operator("is_not", "is not", "one", "is"))
_AMONG = (Operator("in", "is any of", "many"), Operator("not_in", "is none of", "many", "in"))
_TEXT = (
    Operator("contains", "contains", "one"),
    Operator("not_contains", "does not contain", "one", "contains"),
    *_SAME,
    *_AMONG,
    Operator("starts_with", "starts with", "one"),
    Operator("ends_with", "ends with", "one"),
    *KNOWN,
)
_CHOICE = (*_AMONG, *_SAME, *KNOWN)
_MULTI = (
    Operator("has_any", "has any of", "many"),
    Operator("has_all", "has all of", "many"),
    Operator("has_none", "has none of", "many", "has_any"),
    *KNOWN,
)
_NUMBER = (
    *_SAME,
    Operator("gt", "is more than", "one"),
    Operator("gte", "is at least", "one"),
    Operator("lt", "is less than", "one"),
    Operator("lte", "is at most", "one"),
    Operator("between", "is between", "two"),
    *KNOWN,
)
_MOMENT = (
    Operator("is", "is on", "relative"),
    Operator("is_not", "is not on", "relative", "is"),
    Operator("before", "is before", "relative"),
    Operator("after", "is after", "relative"),
    Operator("between", "is between", "two"),
    Operator("in_last", "was in the last", "span"),
    Operator("in_next", "is in the next", "span"),
    *KNOWN,
)
_BOOLEAN = (Operator("is_true", "is yes", "none"), Operator("is_false", "is no", "none"), *KNOWN)
_RECURRING = (Operator("anniversary", "comes within", "days"), *KNOWN)

OPERATORS: dict[FieldType, tuple[Operator, ...]] = {
    FieldType.TEXT: _TEXT,
    FieldType.LONG_TEXT: _TEXT,
    FieldType.EMAIL: _TEXT,
    FieldType.PHONE: _TEXT,
    FieldType.URL: _TEXT,
    FieldType.NUMBER: _NUMBER,
    FieldType.MONEY: _NUMBER,
    FieldType.BOOLEAN: _BOOLEAN,
    FieldType.DATE: _MOMENT,
    FieldType.DATETIME: _MOMENT,
    FieldType.RECURRING_DATE: _RECURRING,
    FieldType.CHOICE: _CHOICE,
    FieldType.MULTI_CHOICE: _MULTI,
    FieldType.COUNTRY: _CHOICE,
    FieldType.TIME_ZONE: _CHOICE,
    FieldType.LANGUAGE: _CHOICE,
    FieldType.MEMBER: _CHOICE,
    FieldType.COMPANY: _CHOICE,
    FieldType.REFERENCE: _CHOICE,
}
TEXTS = frozenset(field_type for field_type, offered in OPERATORS.items() if offered is _TEXT)
MEMBER_OPERATORS = {
    "set": _MULTI[:3],
    "list": (Operator("in", "is on", "many"), Operator("not_in", "is not on", "many", "in")),
}
EVENT_OPERATORS = (">=", "<=", "=", "none")


def operator(field_type: FieldType, name: str) -> Operator | None:
    """Return the operator of that type called `name`, or None."""
    return next((o for o in OPERATORS[field_type] if o.name == name), None)
