"""Which events concern whom: rooms plug in rules, and one consumer of the log turns them into notices."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fairlead.events.public import Event


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice to be made. `member` is told; `key` makes it unique (by default event and kind)."""

    event: Event
    member: UUID
    kind: str
    title: str
    text: str = ""
    link: str = ""
    key: str = ""
    even_to_actor: bool = False

    @property
    def occurred_at(self) -> datetime:
        """Return when it was recorded: what is entered for last week is news all the same."""
        return self.event.recorded_at


Rule = Callable[[Sequence[Event]], Iterable[Draft]]


@dataclass(frozen=True, slots=True)
class _Registered:
    types: frozenset[str]
    rule: Rule


_rules: dict[str, _Registered] = {}


def register(name: str, types: Collection[str], rule: Rule) -> None:
    """Register a rule for some event types. It gets all of a batch at once; what it returns is written once."""
    _rules[name] = _Registered(frozenset(types), rule)


def types() -> frozenset[str]:
    """Return the event types that any rule reads."""
    return frozenset[str]().union(*(r.types for r in _rules.values()))


def drafts(events: Sequence[Event]) -> list[Draft]:
    """Return the notices that some events give rise to, in the order of the rules."""
    found: list[Draft] = []
    for registered in _rules.values():
        mine = [e for e in events if e.type in registered.types]
        if mine:
            found += registered.rule(mine)
    return found
