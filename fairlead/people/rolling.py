"""Whose last activity events may have moved: the companies behind what happens with their people.

A room whose activities count names their event types (`register_moving`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from fairlead.events.public import Event
from fairlead.kernel.ids import read_id
from fairlead.people.models import Contact

About = Callable[[Sequence[Event]], Iterable[tuple[UUID, str, UUID]]]
# What changes who is with a company, or brings another moment with it.
_moving = {
    "contact.updated", "contact.deleted", "contact.restored", "contact.merged", "contact.merged_away",
    "contact.merge_undone", "company.merged", "company.merged_away", "company.merge_undone",
}  # fmt: skip
COMPANY = ("company", "company_id")  # as the verbs and as imports name it among the changes
TOLD = frozenset({*COMPANY, "last_activity_at"})
_abouts: list[tuple[frozenset[str], About]] = []


def register_moving(types: Iterable[str], about: About) -> None:
    """Let events of these types count as moving the last activity of the records that they are about.

    `about` returns (event, noun, record) for events that concern further records than the one that they name.
    """
    _moving.update(types)
    _abouts.append((frozenset(types), about))


def moving() -> frozenset[str]:
    """Return the types of the events that can move a company's last activity."""
    return frozenset(_moving)


def companies_of(events: Sequence[Event]) -> dict[UUID, Event]:
    """Return the companies whose last activity the events can have moved, each with the latest such event.

    A contact counts for the company that it is with now, and for those that a change names: the one it left.
    """
    moved = [e for e in events if e.type in _moving and _matters(e)]
    if not moved:
        return {}
    records = _records_of(moved)
    people = {pk for named in records.values() for noun, pk in named if noun == "contact"}
    rows = Contact.rows().filter(pk__in=people, company__isnull=False)
    employers: dict[UUID, UUID] = dict(rows.values_list("pk", "company_id"))
    found: dict[UUID, Event] = {}
    for event in moved:
        for noun, pk in records[event.id]:
            company = employers.get(pk) if noun == "contact" else pk
            if company is not None:
                found[company] = event
    return found


def _records_of(events: Sequence[Event]) -> dict[UUID, set[tuple[str, UUID]]]:
    """Return the contacts and companies that each event is about, and the companies that its changes name."""
    found: dict[UUID, set[tuple[str, UUID]]] = defaultdict(set)
    for event in events:
        found[event.id].update(("company", pk) for pk in _named(event))
        if event.contact_id is not None:
            found[event.id].add(("contact", event.contact_id))
    for types, about in _abouts:
        for event_id, noun, pk in about([e for e in events if e.type in types]):
            if noun in ("contact", "company"):
                found[event_id].add((noun, pk))
    return found


def _matters(event: Event) -> bool:
    changes = event.data.get("changes")
    return event.type != "contact.updated" or (isinstance(changes, dict) and not TOLD.isdisjoint(changes))


def _named(event: Event) -> Iterator[UUID]:
    if event.company_id is not None:
        yield event.company_id
    changes = event.data.get("changes")
    for name in COMPANY if isinstance(changes, dict) and event.type.startswith("contact.") else ():
        pair = changes.get(name)
        yield from (pk for value in pair or () if (pk := read_id(value)) is not None)
