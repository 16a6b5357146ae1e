"""What follows when a firm changes its settings: each room registers what it makes of that."""

from collections.abc import Callable, Mapping
from typing import Any

from fairlead.tenancy.public import Actor

# Takes ({setting: [before, after]}, by=actor), in the transaction that changes them and after they are saved; it may
# raise `InvalidInput` that names the setting, and then nothing is changed.
Follower = Callable[..., None]
_registered: dict[str, Follower] = {}


def register(name: str, follower: Follower) -> None:
    """Register who follows, such as `exchange rates`; the same name twice raises ValueError."""
    if name in _registered:
        raise ValueError(f"A follower called {name} is registered twice.")
    _registered[name] = follower


def follow(changes: Mapping[str, list[Any]], *, by: Actor) -> None:
    """Let every room follow, in the caller's transaction."""
    for follower in _registered.values():
        follower(changes, by=by)
