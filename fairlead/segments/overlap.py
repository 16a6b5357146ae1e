"""How segments overlap: who is in which combination of two or three of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.kernel.errors import InvalidInput
from fairlead.people.public import access as people
from fairlead.segments import access
from fairlead.segments.models import Segment
from fairlead.tenancy.public import Actor, require_firm

FEWEST, MOST = 2, 3
Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Region:
    """People who are in exactly the segments `inside` and in none of the others that were asked of."""

    inside: tuple[Segment, ...]
    outside: tuple[Segment, ...]
    count: int

    @property
    def words(self) -> str:
        """Return who they are."""
        words = "In " + " and ".join(s.name for s in self.inside)
        return f"{words}, not in {' or '.join(s.name for s in self.outside)}" if self.outside else words

    @property
    def segments(self) -> list[UUID]:
        """Return the ids of the segments they are in."""
        return [s.pk for s in self.inside]

    @property
    def tree(self) -> Tree:
        """Return the criteria of the region."""
        leaves: list[Tree] = [_in(s) for s in self.inside]
        return {"all": [*leaves, *({"not": _in(s)} for s in self.outside)]}


@dataclass(frozen=True, slots=True)
class Overlap:
    """The regions of some segments, the one in all of them last."""

    segments: tuple[Segment, ...]
    regions: tuple[Region, ...]

    @property
    def union(self) -> int:
        """Return how many are in any of them."""
        return sum(region.count for region in self.regions)

    @property
    def any_tree(self) -> Tree:
        """Return the criteria of those who are in any of them."""
        return {"any": [_in(s) for s in self.segments]}

    def size(self, segment: Segment) -> int:
        """Return how many the actor sees in one segment."""
        return sum(region.count for region in self.regions if segment in region.inside)


_MASKS = """
SELECT mask, count(*) FROM (
    SELECT m.contact_id, bit_or(1 << (s.n::int - 1)) AS mask
    FROM unnest(%s::uuid[]) WITH ORDINALITY AS s(id, n)
    JOIN segments_segmentmember m ON m.firm_id = %s AND m.segment_id = s.id
    WHERE m.contact_id IN (/*people*/) GROUP BY m.contact_id) each GROUP BY mask
"""


def overlap(actor: Actor, ids: Sequence[UUID]) -> Overlap:
    """Return how two or three segments overlap, of the contacts that the actor may see; raise `InvalidInput`."""
    wanted = list(dict.fromkeys(ids))
    if not FEWEST <= len(wanted) <= MOST:
        raise InvalidInput({"?segments": [f"Choose {FEWEST} or {MOST} different segments."]})
    chosen = tuple(access.segment(actor, pk) for pk in wanted)
    sql, params = people.contacts(actor).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_MASKS.replace("/*people*/", sql), [wanted, require_firm(), *params])
        counts: dict[int, int] = dict(cursor.fetchall())
    masks = sorted(range(1, 1 << len(chosen)), key=lambda mask: (mask.bit_count(), mask))
    return Overlap(chosen, tuple(_region(chosen, mask, counts.get(mask, 0)) for mask in masks))


def _region(chosen: Sequence[Segment], mask: int, count: int) -> Region:
    inside = tuple(s for n, s in enumerate(chosen) if mask >> n & 1)
    return Region(inside, tuple(s for s in chosen if s not in inside), count)


def _in(segment: Segment) -> Tree:
    return {"segment": {"op": "has_any", "value": [str(segment.pk)]}}
