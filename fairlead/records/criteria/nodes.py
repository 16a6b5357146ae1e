"""The validated tree: what a JSON criteria tree becomes once every name and value in it is known to be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fairlead.records.criteria.vocabulary import FieldRef


@dataclass(frozen=True, slots=True)
class All:
    """Every child holds; with no children it always holds."""

    path: str
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child holds."""

    path: str
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The child does not hold. The logic is two-valued: what is unknown simply fails a positive test."""

    path: str
    child: Node


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A field compared with a typed operand (see `operands`)."""

    path: str
    ref: FieldRef
    op: str
    operand: Any


@dataclass(frozen=True, slots=True)
class MemberTest:
    """Membership of a kind that a room plugged in: tags, lists, segments."""

    path: str
    kind: str
    op: str
    ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class EventTest:
    """How often something happened: `op` count, within the last `days` (None: ever), with these data."""

    path: str
    type: str
    op: str
    count: int
    days: int | None
    where: tuple[tuple[str, str], ...]

    def holds_for(self, number: int) -> bool:
        """Tell whether so many such events are as many as asked for."""
        return {">=": number >= self.count, "<=": number <= self.count, "=": number == self.count}[self.op]


Leaf = FieldTest | MemberTest | EventTest
Node = All | AnyOf | Not | Leaf


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the conditions of the tree, in order."""
    if isinstance(node, All | AnyOf):
        for child in node.children:
            yield from leaves(child)
    elif isinstance(node, Not):
        yield from leaves(node.child)
    else:
        yield node


def holds(node: Node, verdicts: Mapping[str, bool]) -> bool:
    """Combine the verdicts of the leaves (by path) to that of the tree."""
    if isinstance(node, All):
        return all(holds(child, verdicts) for child in node.children)
    if isinstance(node, AnyOf):
        return any(holds(child, verdicts) for child in node.children)
    if isinstance(node, Not):
        return not holds(node.child, verdicts)
    return verdicts[node.path]
