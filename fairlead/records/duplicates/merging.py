"""What merging knows of other rooms: how a noun's fields go together, and who moves what hangs on a record.

A room that keeps rows about records registers a `Participant`; for plain tables `LinkedRows` is one:

    merging.register(LinkedRows("activities", ActivityLink, beside=("activity_id",)))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from fairlead.records.models import Merge
from fairlead.tenancy.public import advisory

MERGING = "records.merging"


class Participant(Protocol):
    """A room's part in a merge. Both records are locked, and both calls are in the transaction of the merge."""

    @property
    def name(self) -> str:
        """Return what its undo data are kept under."""

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand over what is the loser's; return JSON for `undo`, None when there was nothing."""

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give it back as far as nobody changed it since; return what stays as it is, in words."""


@dataclass(frozen=True)
class Merger:
    """How the fields of a noun go together.

    `together` names attributes that are chosen with a field, `latest` those of which the later value stays, `filled`
    those that the loser fills without a choice when the winner's is empty; `derive` brings up to date what follows
    from others (`derived`). `parts` lists what else will be the winner's, for the page.
    """

    noun: str
    derive: Callable[[Any], None]
    derived: tuple[str, ...] = ()
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    latest: tuple[str, ...] = ("last_activity_at",)
    filled: tuple[str, ...] = ()
    parts: Callable[[UUID, UUID], Sequence["Part"]] = lambda winner_id, loser_id: ()


@dataclass(frozen=True)
class Part:
    """A list that both records have (addresses, tags): what the winner will have, each marked whether it is new."""

    label: str
    items: Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class LinkedRows:
    """A participant for a table whose `column` names a record; `beside` are the other columns of its unique key.

    `only` is the noun when the column can name no other; else the table has a column `noun`.
    """

    name: str
    model: Any
    column: str = "record_id"
    beside: tuple[str, ...] = ()
    only: str = ""

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Point the loser's rows at the winner, but for those that the winner has as well: they wait with the loser."""
        rows = self._rows(noun)
        if rows is None:
            return None
        theirs = rows.filter(**{self.column: loser_id})
        if self.beside:
            has = set(rows.filter(**{self.column: winner_id}).values_list(*self.beside))
            ids = [pk for pk, *key in theirs.values_list("pk", *self.beside) if tuple(key) not in has]
        else:
            ids = list(theirs.values_list("pk", flat=True))
        rows.filter(pk__in=ids).update(**{self.column: winner_id})
        return [str(pk) for pk in ids] or None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Point the rows back that still are with the winner."""
        rows = self._rows(noun)
        if rows is not None:
            rows.filter(pk__in=data, **{self.column: winner_id}).update(**{self.column: loser_id})
        return ()

    def _rows(self, noun: str) -> Any:
        if self.only:
            return self.model.rows() if noun == self.only else None
        return self.model.rows().filter(noun=noun)


_participants: dict[str, Participant] = {}
_mergers: dict[str, Merger] = {}


def register(participant: Participant) -> None:
    """Register who moves something; the same name twice raises ValueError."""
    if participant.name in _participants:
        raise ValueError(f"The participant {participant.name} is registered twice.")
    _participants[participant.name] = participant


def register_merger(merger: Merger) -> None:
    """Make a noun mergeable; twice raises ValueError."""
    if merger.noun in _mergers:
        raise ValueError(f"The noun {merger.noun} is merged in two ways.")
    _mergers[merger.noun] = merger


def participants() -> dict[str, Participant]:
    """Return everybody by name, in the order of registration."""
    return dict(_participants)


def merger_of(noun: str) -> Merger:
    """Return how a noun is merged; KeyError when it is not."""
    return _mergers[noun]


def mergeable() -> list[str]:
    """Return the names of the nouns whose records can be merged."""
    return list(_mergers)


def is_mergeable(noun: str) -> bool:
    """Tell whether records of the noun can be merged."""
    return noun in _mergers


def successor(record_id: UUID) -> UUID | None:
    """Return the record that a merged one went into, over any number of merges; None when it was not merged."""
    found: UUID | None = None
    while step := Merge.rows().filter(loser_id=found or record_id, undone_at=None).values_list("winner_id").first():
        found = step[0]
    return found


def successors(record_ids: Sequence[UUID]) -> list[UUID]:
    """Return the ids with each merged one replaced by what it went into, every id once, in their order."""
    known: dict[UUID, UUID] = {}
    asked = set(record_ids)
    while asked:
        steps = dict(Merge.rows().filter(loser_id__in=asked, undone_at=None).values_list("loser_id", "winner_id"))
        known |= steps
        asked = set(steps.values()) - known.keys()
    return list(dict.fromkeys(_end(known, pk) for pk in record_ids))


def absorbed(record_id: UUID) -> list[UUID]:
    """Return the ids of all records that went into this one, over any number of merges."""
    found: list[UUID] = []
    asked = [record_id]
    while asked:
        rows = Merge.rows().filter(winner_id__in=asked, undone_at=None)
        asked = list(rows.values_list("loser_id", flat=True))
        found += asked
    return found


def hold_off() -> None:
    """Keep merges waiting until the caller's transaction ends: for work in sets that names records beforehand."""
    advisory.shared(MERGING)


def alone() -> None:
    """Wait until nobody holds merges off, and keep others waiting until the transaction ends."""
    advisory.exclusive(MERGING)


def _end(known: Mapping[UUID, UUID], record_id: UUID) -> UUID:
    while record_id in known:
        record_id = known[record_id]
    return record_id
