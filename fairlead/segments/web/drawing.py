"""Small pictures and words of segments: a curve of sizes, criteria as sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fairlead.records.public import Criteria, trees
from fairlead.segments.reads import Growth
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Curve:
    """An SVG path over a box, the area below it, and the ends of the scale."""

    line: str
    area: str
    width: int
    height: int
    low: int
    high: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """A line of criteria in words, with its depth; `joint` stands before it: and, or, not."""

    text: str
    depth: int
    is_group: bool
    joint: str = ""


def curve(growth: Growth, width: int, height: int) -> Curve:
    """Return the curve of a growth; its scale leaves a little room, and begins at nothing when the size does."""
    sizes = [size for _, size in growth.points]
    low, high = min(sizes), max(sizes)
    span = max(1, high - low)
    step = width / max(1, len(sizes) - 1)
    places = [(round(n * step, 1), round(height - 3 - (size - low) / span * (height - 6), 1))
              for n, size in enumerate(sizes)]  # fmt: skip
    line = "M" + " L".join(f"{x},{y}" for x, y in places)
    area = f"{line} L{width},{height} L0,{height} Z"
    return Curve(line, area, width, height, low, high, growth.points[0][0], growth.points[-1][0])


def in_words(asked: Criteria, by: Actor) -> Sequence[Line]:
    """Return criteria as lines to read from top to bottom."""
    return list(_lines(asked, asked.node, by, 0, ""))


def _lines(asked: Criteria, node: Any, by: Actor, depth: int, joint: str) -> Iterator[Line]:
    if isinstance(node, trees.Not):
        inner = node.child
        word = f"{joint} not".strip()
        yield from _lines(asked, inner, by, depth, word)
    elif isinstance(node, trees.All | trees.AnyOf):
        yield from _group(asked, node, by, depth, joint)
    else:
        yield Line(asked.in_words(node), depth, False, joint)


def _group(asked: Criteria, node: Any, by: Actor, depth: int, joint: str) -> Iterator[Line]:
    every = isinstance(node, trees.All)
    if not node.children:
        yield Line("Everybody", depth, False, joint)
    elif len(node.children) == 1:
        yield from _lines(asked, node.children[0], by, depth, joint)
    else:
        yield Line("All of these:" if every else "Any of these:", depth, True, joint)
        for number, child in enumerate(node.children):
            word = "" if number == 0 else "and" if every else "or"
            yield from _lines(asked, child, by, depth + 1, word)
