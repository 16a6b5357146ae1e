"""Who keeps trees of criteria: views, segments, rules. Rooms register where, each with the page that shows it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Kept:
    """A tree that somebody keeps over a noun: what it is of ("Segment"), its name, and where it is seen (`page`: the
    name of an address and its values; `query` goes behind it). `acts` tells that it does something by itself, so that
    what it names may not be put away beneath it; a view only shows.
    """

    kind: str
    id: UUID
    name: str
    noun: str
    tree: Any
    changed_at: datetime
    page: str
    values: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    acts: bool = False

    def url(self, firm: str) -> str:
        """Return its address within a firm, by the firm's slug."""
        return reverse(self.page, kwargs={"firm": firm, **self.values}) + self.query

    def names(self, pk: UUID) -> bool:
        """Tell whether its conditions name this id."""
        return str(pk) in json.dumps(self.tree).lower()


Keeper = Callable[[Actor], Iterable[Kept]]  # those that the actor may see; none without the permission
_keepers: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Register who keeps trees, such as `segments`; the same name twice raises ValueError."""
    if name in _keepers:
        raise ValueError(f"A keeper of criteria called {name} is registered twice.")
    _keepers[name] = keeper


def kept(actor: Actor) -> Iterator[Kept]:
    """Yield every kept tree that the actor may see, keeper by keeper."""
    for keeper in _keepers.values():
        yield from keeper(actor)
