"""What follows when a firm changes its settings: each room registers what it makes of that."""

from collections.abc import Mapping
from typing import Any, Protocol

from fairlead.tenancy.public import Actor

Changes = Mapping[str, list[Any]]  # setting -> [before, after]


class Follower(Protocol):
    """Follows in the transaction that changes the settings, after they are saved."""

    def __call__(self, changes: Changes, /, *, by: Actor) -> None:
        """Make of the changes what a room must; `InvalidInput` that names a setting leaves all of them as they were."""


_registered: dict[str, Follower] = {}


def register(name: str, follower: Follower) -> None:
    """Register who follows, such as `exchange rates`; the same name twice raises ValueError."""
    if name in _registered:
        raise ValueError(f"A follower called {name} is registered twice.")
    _registered[name] = follower


def follow(changes: Changes, *, by: Actor) -> None:
    """Let every room follow, in the caller's transaction."""
    for follower in _registered.values():
        follower(changes, by=by)
