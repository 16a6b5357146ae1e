"""The registry of consumers: who reads the log.

    @consumer("search", types={"contact.created", "contact.updated"})
    def index(events: Sequence[Event]) -> None: …

The handler gets events of one firm in the order of the log, inside the firm's transaction, in which its cursor
moves too. So its own rows see each event exactly once, whatever crashes; it must do nothing outside the database,
and must not commit. When it raises, everything is rolled back and tried again.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from fairlead.events.models import Event

Handler = Callable[[Sequence[Event]], None]


@dataclass(frozen=True, slots=True)
class Consumer:
    """A reader of the log; `types` is None for every type. `start` is where it begins when it is new."""

    name: str
    handler: Handler
    types: frozenset[str] | None
    batch: int
    start: Literal["beginning", "now"]


class UnknownConsumer(LookupError):
    """No consumer is registered under this name."""


_consumers: dict[str, Consumer] = {}


def consumer(
    name: str,
    *,
    types: Collection[str] | None = None,
    batch: int = 500,
    start: Literal["beginning", "now"] = "beginning",
) -> Callable[[Handler], Handler]:
    """Register the decorated function as the consumer `name`.

    Start at the "beginning" for what is derived from the log (search, counters), "now" for what acts on news
    (notifications, automation). A second function under the same name raises ValueError.
    """

    def register(handler: Handler) -> Handler:
        known = _consumers.get(name)
        if known is not None and known.handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"Consumer {name} is registered twice.")
        _consumers[name] = Consumer(name, handler, frozenset(types) if types is not None else None, batch, start)
        return handler

    return register


def get(name: str) -> Consumer:
    """Return the consumer called `name`; raise `UnknownConsumer`."""
    try:
        return _consumers[name]
    except KeyError:
        raise UnknownConsumer(f"No consumer is called {name!r}.") from None


def registered() -> list[Consumer]:
    """Return every consumer, in the order of registration."""
    return list(_consumers.values())
