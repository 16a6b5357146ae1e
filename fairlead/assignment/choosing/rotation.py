"""Whose turn it is: start-time fair queueing over people instead of packets (Goyal, Vin and Cheng, 1996).

Each member of a pool has a `tag`, the moment in the pool's own time until which they have been served; a choice
falls on who could begin first and moves their tag on by a step that is shorter the larger their share. The pool's
time is where the last choice began. Who was away begins at the pool's time and not where they left, so nobody is
flooded on coming back; who joins begins there as well.

Two who are free all along and have the same share take strict turns: in any stretch their counts differ by at most 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

# Divisible by every share from 1 to 10, so that steps are whole.
ROUND = 2520


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a member is: served from `began` to `tag` by the pool's choice number `served`, chosen `count` times."""

    tag: int = 0
    began: int = 0
    served: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody in a pool."""

    member: UUID
    share: int = 1


class Rotation:
    """The turns of one pool; `changed` holds the standings of those who were chosen."""

    def __init__(self, standings: Mapping[UUID, Standing]) -> None:
        self._standings = dict(standings)
        self.changed: dict[UUID, Standing] = {}
        last = max(self._standings.values(), key=lambda s: s.served, default=Standing())
        self._now, self._choices = last.began, last.served

    def line(self, takers: Iterable[Taker], loads: Mapping[UUID, int] | None = None) -> list[Taker]:
        """Return the takers, who is next first; with `loads` those with the least load before whose turn it is."""
        return sorted(takers, key=lambda t: (loads.get(t.member, 0) if loads else 0, *self._order(t)))

    def take(self, taker: Taker) -> None:
        """Count that a choice fell on the taker."""
        began, _, _ = self._order(taker)
        self._now, self._choices = began, self._choices + 1
        count = self._standing(taker).count + 1
        self._standings[taker.member] = Standing(began + ROUND // taker.share, began, self._choices, count)
        self.changed[taker.member] = self._standings[taker.member]

    def _standing(self, taker: Taker) -> Standing:
        return self._standings.get(taker.member, Standing())

    def _order(self, taker: Taker) -> tuple[int, int, UUID]:
        standing = self._standing(taker)
        return max(self._now, standing.tag), standing.served, taker.member
