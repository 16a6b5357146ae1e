"""What a leaving member owned passes to a successor: each room registers what it knows of ownership.

What is a handful (shared views, places in rules) passes in the transaction in which the member goes, and so do
records up to `errands.AT_ONCE`. More records than that pass in an errand: a piece in each transaction. The leaver is
out at once all the same; what has not passed yet stands under their name, and who saw it sees it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from fairlead.accounts import errands
from fairlead.accounts.models import Membership
from fairlead.kernel import clock
from fairlead.kernel.text import counted
from fairlead.tenancy.public import Actor


class Handover(Protocol):
    """Passes on, in the caller's transaction, what a room knows the leaver to own."""

    def __call__(self, leaver: UUID, successor: UUID, /, *, by: Actor) -> int:
        """Pass it on from one membership to another; return how many records changed hands, not counting the bin."""


class Records(Protocol):
    """Records that pass in pieces. What has passed is the leaver's no more, so the next piece finds where to go on."""

    def waiting(self, leaver: UUID) -> int:
        """Return how many are still to pass, those in the bin too."""

    def pass_on(self, leaver: UUID, successor: UUID, *, by: Actor, size: int) -> tuple[int, int]:
        """Pass on at most `size`; return how many, and how many of them are not in the bin; 0, 0 when none is left."""


@dataclass(frozen=True)
class Owned:
    """Records with an owner: `rows` are those that pass on, `tell` writes the event of each."""

    rows: Callable[[], QuerySet[Any]]
    tell: Callable[[Sequence[Any], Actor, Mapping[str, str]], None]

    def waiting(self, leaver: UUID) -> int:
        """Return how many the leaver owns, those in the bin too."""
        return self.rows().filter(owner_id=leaver).count()

    @transaction.atomic
    def pass_on(self, leaver: UUID, successor: UUID, *, by: Actor, size: int) -> tuple[int, int]:
        """Make `successor` the owner of some, an event for each."""
        mine = self.rows().filter(owner_id=leaver).order_by("pk")
        found = list(mine.select_for_update(of=("self",), no_key=True)[:size])
        changed = {"owner_id": successor, "version": F("version") + 1, "updated_at": clock.now()}
        self.rows().filter(pk__in=[record.pk for record in found]).update(**changed)
        self.tell(found, by, {"to": name_of(successor), "from_id": str(leaver), "to_id": str(successor)})
        return len(found), sum(record.deleted_at is None for record in found)


_at_once: dict[str, Handover] = {}
_records: dict[str, Records] = {}
_singular: dict[str, str] = {}


def register(name: str, handover: Handover, *, one: str = "") -> None:
    """Register what passes on at once, such as `shared views`; a single one is called `one`, else without the s.

    The same name twice raises ValueError.
    """
    _name(name, one)
    _at_once[name] = handover


def register_records(name: str, records: Records, *, one: str = "") -> None:
    """Register records that pass on in pieces, such as `contacts`. The same name twice raises ValueError."""
    _name(name, one)
    _records[name] = records


def waiting(leaver: UUID) -> int:
    """Return how many records there are to pass on."""
    return sum(records.waiting(leaver) for records in _records.values())


def hand_over(leaver: UUID, successor: UUID, *, by: Actor, records: bool = True) -> dict[str, int]:
    """Pass on everything, in the caller's transaction; return how many of each kind changed hands.

    Without `records`, only what is a handful.
    """
    moved = {name: function(leaver, successor, by=by) for name, function in _at_once.items()}
    if records:
        moved = {name: pass_on_all(one, leaver, successor, by=by) for name, one in _records.items()} | moved
    return moved


def pass_on_all(records: Records, leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Pass on all of a kind, in the caller's transaction; return how many changed hands, not counting the bin."""
    count = 0
    while (passed := records.pass_on(leaver, successor, by=by, size=errands.PIECE))[0]:
        count += passed[1]
    return count


def next_piece(leaver: UUID, successor: UUID, *, by: Actor) -> tuple[str, int, int] | None:
    """Pass on the next piece: of what kind, how many, how many not in the bin; None when nothing is left."""
    for name, records in _records.items():
        passed, living = records.pass_on(leaver, successor, by=by, size=errands.PIECE)
        if passed:
            return name, passed, living
    return None


def said(moved: Mapping[str, int]) -> str:
    """Return what changed hands in words, such as "12 contacts, 3 companies and 1 task"; "" when nothing did."""
    parts = [counted(n, _singular.get(name, name), name) for name, n in moved.items() if n]
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def name_of(member: UUID) -> str:
    """Return what a member is called."""
    return Membership.rows().select_related("user").get(pk=member).user.name


def _name(name: str, one: str) -> None:
    if name in _singular:
        raise ValueError(f"A handover called {name} is registered twice.")
    _singular[name] = one or name.removesuffix("s")
