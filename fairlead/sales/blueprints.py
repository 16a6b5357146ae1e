"""Ready pipelines to begin with, from one data file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fairlead.kernel.errors import InvalidInput

FILE = Path(__file__).parent / "data" / "pipelines.json"


@dataclass(frozen=True)
class Blueprint:
    """A pipeline that can be made with one click. `stages` are the open ones, as `Stage` takes them."""

    key: str
    kind: str
    name: str
    about: str
    item_label: str
    won_label: str
    lost_label: str
    stages: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=1)
def blueprints() -> tuple[Blueprint, ...]:
    """Return every ready pipeline."""
    return tuple(Blueprint(**{**raw, "stages": tuple(raw["stages"])}) for raw in json.loads(FILE.read_text()))


def blueprint(key: str) -> Blueprint:
    """Return the ready pipeline called `key`; raise `InvalidInput`."""
    for found in blueprints():
        if found.key == key:
            return found
    raise InvalidInput({"template": [f"There is no ready pipeline called {key[:40]!r}."]})
