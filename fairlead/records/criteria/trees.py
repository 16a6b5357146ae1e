"""What a room that keeps trees may take of them: their parts, the question to many of them, and what they may name."""

from fairlead.records.criteria.choices import catalogue
from fairlead.records.criteria.judging import judge
from fairlead.records.criteria.nodes import (
    All,
    AnyOf,
    EventTest,
    FieldTest,
    Leaf,
    MemberTest,
    Node,
    Not,
    holds,
    leaves,
)
from fairlead.records.criteria.operands import ME
from fairlead.records.criteria.passing import crossing, depends_on_time
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.criteria.words import words

__all__ = [
    "ME",
    "All",
    "AnyOf",
    "EventTest",
    "FieldTest",
    "Leaf",
    "MemberTest",
    "Node",
    "Not",
    "Vocabulary",
    "catalogue",
    "crossing",
    "depends_on_time",
    "holds",
    "judge",
    "leaves",
    "words",
]
