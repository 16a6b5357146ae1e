"""What the ids that events hold are called: members here, everything else by those who keep it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from fairlead.accounts.models import Membership, Team
from fairlead.events.public import Event
from fairlead.kernel.ids import read_id
from fairlead.tenancy.public import Actor

Names = Mapping[UUID, str]
Source = Callable[[Actor, str, set[UUID]], Names]  # the names of some ids of a noun, of which the actor may know
Pages = Callable[[Actor, str, set[UUID]], Mapping[UUID, str]]  # of some ids those that have a page the actor may see
_sources: list[Source] = []
_pages: list[Pages] = []


def register(source: Source) -> None:
    """Have a room of above tell the names of what it keeps."""
    _sources.append(source)


def register_pages(pages: Pages) -> None:
    """Have a room of above tell the URL names of the pages of what it keeps; they take `record_id`."""
    _pages.append(pages)


def pages_of(events: Iterable[Event], actor: Actor) -> dict[UUID, str]:
    """Return the URL names of the pages of what the events are about, as far as the actor may see them."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        for noun, pk in about(event):
            wanted[noun].add(pk)
    found: dict[UUID, str] = {}
    for noun, ids in wanted.items():
        for pages in _pages:
            found |= pages(actor, noun, ids)
    return found


def names_in(events: Iterable[Event], actor: Actor) -> dict[UUID, str]:
    """Return the names of what the events are about and name, as it is called now; a few queries for all of them."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for event in events:
        for noun, pk in (*about(event), *_ids(event.data)):
            wanted[noun].add(pk)
    found = _own(wanted)
    for noun, ids in wanted.items():
        for source in _sources:
            found |= source(actor, noun, ids)
    return found


def of(event: Event, names: Names) -> dict[str, str]:
    """Return those of the names that belong to ids of this event."""
    return {str(pk): names[pk] for _, pk in (*about(event), *_ids(event.data)) if pk in names}


def about(event: Event) -> Iterator[tuple[str, UUID]]:
    """Yield the kinds and ids of what an event is about: its subject, then the contact and the company it concerns."""
    told = set[tuple[str, UUID]]()
    for noun, pk in ((event.subject_noun, event.subject_id), ("contact", event.contact_id),
                     ("company", event.company_id)):  # fmt: skip
        if pk and (noun, pk) not in told:
            told.add((noun, pk))
            yield noun, pk


def _ids(value: Any, key: str = "") -> Iterator[tuple[str, UUID]]:
    """Yield the ids within a value, each with the word it stands under, which often is a noun."""
    match value:
        case dict():
            for name, held in value.items():
                yield from _ids(held, str(name).removesuffix("_id"))
        case list():
            for held in value:
                yield from _ids(held, key)
        case str() if len(value) == 36 and (pk := read_id(value)):
            yield key, pk


def _own(wanted: Mapping[str, set[UUID]]) -> dict[UUID, str]:
    ids = set[UUID]().union(*wanted.values())
    members = Membership.rows().select_related("user").filter(pk__in=ids)
    return {m.pk: m.user.name for m in members} | dict(Team.rows().filter(pk__in=ids).values_list("pk", "name"))
