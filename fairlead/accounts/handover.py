"""What a leaving member owned passes to a successor: each room registers what it knows of ownership."""

from collections.abc import Callable
from uuid import UUID

from fairlead.tenancy.public import Actor

# Takes (from membership, to membership, by=actor) and returns how many records changed hands.
Handover = Callable[..., int]
_registered: dict[str, Handover] = {}


def register(name: str, handover: Handover) -> None:
    """Register what passes on, such as `contacts`; the same name twice raises ValueError."""
    if name in _registered:
        raise ValueError(f"A handover called {name} is registered twice.")
    _registered[name] = handover


def hand_over(leaver: UUID, successor: UUID, *, by: Actor) -> dict[str, int]:
    """Pass on everything, in the caller's transaction; return how many of each kind changed hands."""
    return {name: function(leaver, successor, by=by) for name, function in _registered.items()}
