"""Which events can happen to the records of which noun, as the rooms that write them say.

A filter builder offers these. Trees may speak of every event all the same: a saved one stays valid when a room learns
that something happens to other records.
"""

from collections import defaultdict

from fairlead.events.public import EventType, registered
from fairlead.records.nouns import Noun

TAGGING = ("record.tagged", "record.untagged")
_known: defaultdict[str, set[str]] = defaultdict(set)


def register(noun: str, *beginnings: str) -> None:
    """Say that events whose types begin so ("note.", "list.subscribed") are written about records of a noun."""
    _known[noun].update(beginnings)


def can_happen(event: EventType, noun: Noun) -> bool:
    """Tell whether the event may be one of a record of the noun that is still there."""
    if event.name == f"{noun.name}.purged":
        return False
    own = (f"{noun.name}.", *(TAGGING if noun.taggable else ()))
    return event.name.startswith((*own, *_known[noun.name]))


def of_noun(noun: Noun) -> list[tuple[EventType, bool]]:
    """Return every event type that criteria may count, and whether it can happen to a record of the noun."""
    return [(event, can_happen(event, noun)) for event in registered() if not event.sensitive]
