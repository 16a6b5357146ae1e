"""The registry of event types: what each is called, how it reads, which of its data is personal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fairlead.kernel import dates


@dataclass(frozen=True, slots=True)
class EventType:
    """A kind of event.

    `name` is dotted (`contact.created`); `wording` is a sentence with `{placeholders}` filled from the event's
    data, read after the actor's name ("added the tag {tag}"); `kind` groups the timeline's filter; `personal`
    names the data keys that may hold personal data, which nobody reads any more when what they are about was deleted
    for good; `sensitive` events are the security audit's.
    """

    name: str
    label: str
    wording: str
    kind: str = "changes"
    icon: str = "point"
    personal: frozenset[str] = field(default_factory=frozenset)
    sensitive: bool = False


class UnknownEventType(LookupError):
    """Nobody registered this event type."""


class _Missing(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


_types: dict[str, EventType] = {}


def register(*types: EventType) -> None:
    """Register event types; a name registered twice with different content raises ValueError."""
    for event_type in types:
        if _types.setdefault(event_type.name, event_type) != event_type:
            raise ValueError(f"Event type {event_type.name} is registered twice.")


def get(name: str) -> EventType:
    """Return the type called `name`; raise `UnknownEventType`."""
    try:
        return _types[name]
    except KeyError:
        raise UnknownEventType(f"No event type is called {name!r}.") from None


def find(name: str) -> EventType | None:
    """Return the type called `name`; None for one that only an older or newer version knows."""
    return _types.get(name)


def registered() -> list[EventType]:
    """Return every type, sorted by name."""
    return sorted(_types.values(), key=lambda t: t.name)


def words(name: str, data: Mapping[str, Any]) -> str:
    """Return the event's sentence, with dates as the viewer writes them.

    What the data lacks shows as an ellipsis, unknown types as their name.
    """
    event_type = find(name)
    said = {key: dates.as_written(v) if isinstance(v, str) else v for key, v in data.items() if v is not None}
    return event_type.wording.format_map(_Missing(said)) if event_type else name
