"""What every firm has from its first day: each room registers what it puts there."""

from collections.abc import Callable

from fairlead.tenancy.public import Actor

# Called with the owner's actor in the transaction that creates the firm, inside the firm's context.
Founder = Callable[[Actor], None]
_registered: dict[str, Founder] = {}


def register(name: str, founder: Founder) -> None:
    """Register what a room makes for a new firm; the same name twice raises ValueError."""
    if name in _registered:
        raise ValueError(f"A founder called {name} is registered twice.")
    _registered[name] = founder


def furnish(by: Actor) -> None:
    """Let every room make what a new firm starts with."""
    for founder in _registered.values():
        founder(by)
