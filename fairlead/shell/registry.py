"""An ordered registry that higher rooms fill from their `AppConfig.ready` and the frame reads."""

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

May = Callable[[str], bool]


class Plug(Protocol):
    """What every registered thing has: a unique key, a place in the order, a permission ("" is none)."""

    @property
    def key(self) -> str:
        """Unique in its registry."""

    @property
    def order(self) -> int:
        """Smaller comes first."""

    @property
    def permission(self) -> str:
        """A declared permission, or "" for everybody."""


P = TypeVar("P", bound=Plug)


class Registry(Generic[P]):
    """Plugs by key, handed out in order to those who may use them."""

    def __init__(self) -> None:
        self._plugs: dict[str, P] = {}

    def register(self, plug: P) -> P:
        """Add `plug`; a second one with the same key is a programming error."""
        if plug.key in self._plugs:
            raise ValueError(f"{plug.key!r} is registered twice.")
        self._plugs[plug.key] = plug
        return plug

    def unregister(self, key: str) -> None:
        """Take a plug out again (tests)."""
        del self._plugs[key]

    def open_to(self, may: May) -> list[P]:
        """Return the plugs whose permission `may` grants, in order, then by key."""
        allowed = (plug for plug in self._plugs.values() if not plug.permission or may(plug.permission))
        return sorted(allowed, key=lambda plug: (plug.order, plug.key))

    def __iter__(self) -> Iterator[P]:
        return iter(self._plugs.values())
