"""The timeline of a record: its events, newest first, in stretches; and how higher rooms draw theirs on it.

A room registers an `Artist` for its events ("note."). It gets all of a stretch at once, so that a stretch costs the
same number of queries however long it is, and may leave an event out (a note that was deleted since).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.accounts.public import FirmRequest
from fairlead.events.public import Event, newest, registered
from fairlead.kernel.errors import InvalidInput
from fairlead.people import access
from fairlead.records.duplicates.public import merging
from fairlead.records.public import Record
from fairlead.shell.record import Entry
from fairlead.tenancy.public import Actor

Rows = QuerySet[Event, Event]
SHOWN = 200  # entries that a page reads again at most
PAGE = 20  # two screens full; what is further down comes as somebody gets there
A_DAY = timedelta(days=1)
KINDS = {
    "notes": "Notes", "changes": "Changes", "tags": "Tags", "lists": "Lists", "consent": "Consent",
    "imports": "Imports",
}  # fmt: skip
_of_people = {"lists", "consent"}  # happen to people alone; a company's timeline has those of its people


@dataclass(frozen=True)
class Place:
    """The record on whose page a timeline stands; `record` is the row itself where it is read already."""

    noun: str
    record_id: UUID
    record: Record | None = field(default=None, compare=False)

    @property
    def known(self) -> Mapping[UUID, tuple[str, Record]]:
        """Return what needs no reading any more because the page is about it: id to noun and record."""
        return {self.record_id: (self.noun, self.record)} if self.record is not None else {}


def register_kind(key: str, label: str, *, of_people: bool = False) -> None:
    """Offer a kind of events as a filter of the timelines; `of_people` when it happens to people alone."""
    KINDS[key] = label
    if of_people:
        _of_people.add(key)


def kinds_for(noun: str) -> dict[str, str]:
    """Return the kinds (key to label) of which there are event types, and that a noun's timeline may hold."""
    written = {t.kind for t in registered()} - (set() if noun in ("contact", "company") else _of_people)
    return {key: label for key, label in KINDS.items() if key in written}


@dataclass(frozen=True)
class Summary:
    """What an event stands for: those of the `covered` types that it `says` (summary, other) as well."""

    covered: frozenset[str]
    says: Callable[[Event, Event], bool]


Artist = Callable[[FirmRequest, Place, Sequence[Event]], Mapping[UUID, Entry | None]]
Guard = Callable[[Actor, Rows], Rows]
PinReader = Callable[[FirmRequest, Place], Sequence[UUID]]
PinUrl = Callable[[FirmRequest, Place, UUID], str]
_artists: dict[str, Artist] = {}
_pins: list[tuple[PinReader, PinUrl]] = []
_guards: list[Guard] = []
_summaries: dict[str, Summary] = {}


def register_artist(prefix: str, artist: Artist) -> None:
    """Draw the events whose type begins with `prefix`; the same prefix twice raises ValueError."""
    if prefix in _artists:
        raise ValueError(f"Events {prefix} are drawn twice.")
    _artists[prefix] = artist


def register_guard(guard: Guard) -> None:
    """Plug in what leaves out those events of a room that tell an actor of what they may not see there."""
    _guards.append(guard)


def register_pins(pinned: PinReader, url: PinUrl) -> None:
    """Plug in what is pinned (event ids, newest pin first) and the address that a POST pins or unpins at."""
    _pins.append((pinned, url))


def register_summary(types: Iterable[str], covered: Iterable[str], says: Callable[[Event, Event], bool]) -> None:
    """Let an event of `types` stand for those of the `covered` types beside it that it `says` as well.

    Beside are events of the same transaction and actor about the same record. The log keeps them all; the timeline
    shows one.
    """
    known = frozenset(covered)
    _summaries.update({name: Summary(known, says) for name in types})


def artist_of(event_type: str) -> Artist | None:
    """Return who draws events of this type, None for the default drawing."""
    return next((artist for prefix, artist in _artists.items() if event_type.startswith(prefix)), None)


def pinned_ids(request: FirmRequest, place: Place) -> list[UUID]:
    """Return the events that are pinned to the top of this timeline."""
    return [event_id for reader, _ in _pins for event_id in reader(request, place)]


def pin_url(request: FirmRequest, place: Place, event_id: UUID) -> str:
    """Return the address that pins or unpins the event, "" when no room offers it."""
    return next((url(request, place, event_id) for _, url in _pins), "")


def guarded(actor: Actor, rows: Rows) -> Rows:
    """Return those of some events that every room lets the actor read."""
    for guard in _guards:
        rows = guard(actor, rows)
    return rows


def events_of(actor: Actor, place: Place) -> Rows:
    """Return the events on a record's timeline that the actor may see; a company's has those of its people too."""
    return guarded(actor, _about(actor, place))


def _about(actor: Actor, place: Place) -> Rows:
    # The log keeps the ids of what was merged: its events are read with the record that it went into.
    ids = [place.record_id, *merging.absorbed(place.record_id)]
    events = Event.rows().exclude(type=f"{place.noun}.merged_away") if len(ids) > 1 else Event.rows()
    if place.noun == "contact":
        return events.filter(contact_id__in=ids)
    if place.noun != "company":
        return events.filter(subject_id__in=ids)
    rows = events.filter(company_id__in=ids)
    if not actor.can("contacts.view"):
        return rows.filter(contact_id=None)
    if actor.visible_owners is None:
        return rows
    return rows.filter(Q(contact_id=None) | Q(contact_id__in=access.contacts(actor).values("pk")))


def stretch(rows: Rows, *, kind: str = "", after: str = "", shown: int = 0) -> tuple[list[Event], str]:
    """Return up to `PAGE` of a timeline's events, of a kind ("" for all), after a cursor, and the next cursor ("" at
    the end); as many whole pages as hold what is `shown` already, when the page reads itself again.
    """
    limit = max(1, -(-min(shown, SHOWN) // PAGE)) * PAGE
    if kind:
        rows = rows.filter(type__in=[t.name for t in registered() if t.kind == kind])
    found = newest(rows, limit=limit, before=_read_cursor(after) if after else None)
    return found.events, f"{found.next[0].isoformat()}~{found.next[1]}" if found.next else ""


def summarized(rows: Rows, events: Sequence[Event], *, kind: str = "", after: str = "") -> list[Event]:
    """Return the events of a stretch without those for which another, shown under the same `kind`, stands.

    A summary is newer than what it stands for: only below a cursor (`after`) is it looked for outside of the stretch.
    """
    candidates = [e for e in events if any(e.type in s.covered for s in _summaries.values())]
    shown = {t.name for t in registered() if not kind or t.kind == kind}.intersection(_summaries)
    over: dict[tuple[Any, ...], list[Event]] = defaultdict(list)
    for found in [e for e in events if e.type in shown]:
        over[_beside(found)].append(found)
    if after and candidates:
        for found in _near(rows, candidates).filter(type__in=shown):
            over[_beside(found)].append(found)
    hidden = {e.id for e in candidates if any(_stands_for(s, e) for s in over[_beside(e)])}
    return [e for e in events if e.id not in hidden]


def _near(rows: Rows, events: Sequence[Event]) -> Rows:
    """Return the rows of the events' transactions; none lasts a day, so that few months and little of them are read."""
    recorded, occurred = sorted(e.recorded_at for e in events), sorted(e.occurred_at for e in events)
    return rows.filter(
        tx__in={e.tx for e in events},
        recorded_at__range=(recorded[0] - A_DAY, recorded[-1] + A_DAY),
        occurred_at__range=(occurred[0] - A_DAY, occurred[-1] + A_DAY),
    )


def _beside(event: Event) -> tuple[Any, ...]:
    return event.tx, event.subject_id, event.actor_label


def _stands_for(summary: Event, event: Event) -> bool:
    known = _summaries[summary.type]
    return event.type in known.covered and known.says(summary, event)


def _read_cursor(text: str) -> tuple[datetime, UUID]:
    moment, _, last = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise ValueError
        return at, UUID(last)
    except ValueError:
        raise InvalidInput({"after": ["This is not a place in the timeline."]}) from None
