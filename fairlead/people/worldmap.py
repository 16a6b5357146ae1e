"""The map on which the report of places is drawn: outlines of countries, coloured by how many are there."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from fairlead.kernel.places import countries

STEPS = 5


@dataclass(frozen=True)
class Land:
    """A country: the outline as an SVG path, how many are there, and the step of its colour (0 for nobody)."""

    name: str
    path: str
    count: int
    step: int


@dataclass(frozen=True)
class Map:
    """The countries and the size of the drawing."""

    width: int
    height: int
    lands: list[Land]
    hidden: int


def drawn(counts: Mapping[str, int]) -> Map:
    """Return the map of counts by ISO 3166-1 code; `hidden` are those in countries too small to be drawn."""
    world = _world()
    most = max(counts.values(), default=0)
    lands = [
        Land(countries().get(code, code), path, counts.get(code, 0), _step(counts.get(code, 0), most))
        for code, path in world["countries"].items()
    ]
    return Map(world["width"], world["height"], lands, _others(counts, world["countries"]))


def _others(counts: Mapping[str, int], known: Container[str]) -> int:
    return sum(n for code, n in counts.items() if code and code not in known)


def _step(count: int, most: int) -> int:
    """Return the step of a count: halves of the most, so that one large country does not bleach all the others."""
    step = STEPS
    while step > 1 and count * 2 ** (STEPS - step + 1) <= most:
        step -= 1
    return step if count else 0


@cache
def _world() -> dict[str, Any]:
    text = resources.files("fairlead.people").joinpath("data/world.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
