"""What a leaving member owned passes to a successor: each room registers what it knows of ownership."""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from fairlead.kernel.text import counted
from fairlead.tenancy.public import Actor


class Handover(Protocol):
    """Passes on, in the caller's transaction, what a room knows the leaver to own."""

    def __call__(self, leaver: UUID, successor: UUID, /, *, by: Actor) -> int:
        """Pass it on from one membership to another; return how many records changed hands, not counting the bin."""


_registered: dict[str, Handover] = {}
_singular: dict[str, str] = {}


def register(name: str, handover: Handover, *, one: str = "") -> None:
    """Register what passes on, such as `contacts`; a single one of them is called `one`, else without the s.

    The same name twice raises ValueError.
    """
    if name in _registered:
        raise ValueError(f"A handover called {name} is registered twice.")
    _registered[name] = handover
    _singular[name] = one or name.removesuffix("s")


def hand_over(leaver: UUID, successor: UUID, *, by: Actor) -> dict[str, int]:
    """Pass on everything, in the caller's transaction; return how many of each kind changed hands."""
    return {name: function(leaver, successor, by=by) for name, function in _registered.items()}


def said(moved: Mapping[str, int]) -> str:
    """Return what changed hands in words, such as "12 contacts, 3 companies and 1 task"; "" when nothing did."""
    parts = [counted(n, _singular[name], name) for name, n in moved.items() if n]
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
