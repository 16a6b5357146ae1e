"""What a tree depends on, as keys: the index by which an event finds the segments that it can change."""

from collections.abc import Iterator
from uuid import UUID

from fairlead.records.public import trees
from fairlead.segments.models import Segment, SegmentDependency

TIME, SEGMENT = "time", "segment:"


def keys(node: trees.Node) -> set[str]:
    """Return the keys of everything that the tree speaks of."""
    return {key for leaf in trees.leaves(node) for key in _of(leaf)}


def store(segment: Segment, node: trees.Node | None) -> None:
    """Replace the segment's keys by those of its criteria; a static segment has none."""
    wanted = keys(node) if node is not None else set()
    rows = SegmentDependency.rows().filter(segment=segment)
    known = set(rows.values_list("key", flat=True))
    rows.filter(key__in=known - wanted).delete()
    SegmentDependency.objects.bulk_create([SegmentDependency(segment=segment, key=key) for key in wanted - known])


def follow_tag(gone: UUID, kept: UUID) -> None:
    """Let the segments that depend on one tag depend on another."""
    rows = SegmentDependency.rows().filter(key=f"tag:{gone}")
    rows.filter(segment_id__in=SegmentDependency.rows().filter(key=f"tag:{kept}").values("segment_id")).delete()
    rows.update(key=f"tag:{kept}")


def segments(segment_id: UUID) -> list[UUID]:
    """Return the segments that the criteria of this one name."""
    rows = SegmentDependency.rows().filter(segment=segment_id, key__startswith=SEGMENT)
    return [UUID(key.removeprefix(SEGMENT)) for key in rows.values_list("key", flat=True)]


def _of(leaf: trees.Leaf) -> Iterator[str]:
    if trees.depends_on_time(leaf):
        yield TIME
    if isinstance(leaf, trees.EventTest):
        yield f"event:{leaf.type}"
    elif isinstance(leaf, trees.MemberTest):
        yield from (f"{leaf.kind}:{pk}" for pk in leaf.ids)
    elif leaf.ref.via is None:
        yield f"field:{leaf.ref.name}"
    else:
        yield f"field:{leaf.ref.via.name}"
        yield leaf.ref.name.replace(".", ":", 1)
