"""The registry of what can be found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fairlead.events.public import Event
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """How one record is to be found.

    `words` are names that may be mistyped (they feed the vocabulary), `text` is all else (addresses, notes),
    `numbers` are phone numbers in E.164 or as typed.
    """

    record_id: UUID
    title: str
    subtitle: str = ""
    words: str = ""
    text: str = ""
    numbers: Sequence[str] = ()
    owner_id: UUID | None = None


def by_subject(noun: str) -> Callable[[Iterable[Event]], set[UUID]]:
    """Return the usual `touched`: the subjects of the noun's own events."""

    def touched(events: Iterable[Event]) -> set[UUID]:
        return {e.subject_id for e in events if e.subject_noun == noun and e.subject_id}

    return touched


@dataclass(frozen=True)
class Source:
    """A noun that can be found.

    `describe` returns entries for those of the ids that are alive; the others' documents go. `touched` tells whose
    documents events of `types` have made stale. `page` returns ids after the given one, in order, for a rebuild.
    `url` is the address of a record's page. `seen` returns those of the ids that the actor may see, where more than
    the owner decides that; `subtitles` what the actor reads below them, where that is not the same for everybody.
    """

    noun: str
    label_plural: str
    icon: str
    permission: str
    describe: Callable[[Sequence[UUID]], Iterable[Entry]]
    page: Callable[[UUID | None, int], Sequence[UUID]]
    url: Callable[[str, UUID], str]
    touched: Callable[[Iterable[Event]], set[UUID]]
    types: frozenset[str]
    order: int = field(default=100)
    seen: Callable[[Actor, Sequence[UUID]], Iterable[UUID]] | None = None
    subtitles: Callable[[Actor, Sequence[UUID]], Mapping[UUID, str]] | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Register a source; twice the same noun raises ValueError."""
    if source.noun in _sources:
        raise ValueError(f"Search source {source.noun} is registered twice.")
    _sources[source.noun] = source


def registered() -> list[Source]:
    """Return the sources in the order in which results show them."""
    return sorted(_sources.values(), key=lambda s: (s.order, s.noun))


def get(noun: str) -> Source:
    """Return the source of `noun`; KeyError when there is none."""
    return _sources[noun]
