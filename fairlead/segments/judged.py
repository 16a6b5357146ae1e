"""Criteria on their way into a segment: checked like every tree, and for what a segment cannot be made of."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.records.public import Criteria, criteria_field, nouns, trees
from fairlead.segments.models import Persona, Segment, SegmentDependency
from fairlead.tenancy.public import Actor

ID_KINDS = ("segment:", "persona:")


@criteria_field()
def judged(tree: Any, *, by: Actor, segment: Segment | None = None) -> Criteria:
    """Return the criteria; raise `InvalidInput` that names every wrong condition below `criteria`.

    Beyond what every tree must be, a segment cannot say "me", count its own comings and goings, contain itself, or
    one that is in the archive.
    """
    asked = Criteria(nouns.get("contact"), tree, by=by)
    errors: dict[str, list[str]] = {}
    graph = _graph()
    for leaf in trees.leaves(asked.node):
        problem = _unfit(leaf) or (_away(leaf) or _ring(leaf, segment, graph) if segment is not None else "")
        if problem:
            errors[leaf.path] = [problem]
    if errors:
        raise InvalidInput(errors, code="invalid_criteria")
    return asked


def refuse_ring(segment: Segment, persona_id: UUID) -> None:
    """Raise `InvalidInput` when the segment, which is to fill the persona, is made of those who are it."""
    graph, place = _graph(), f"segment:{segment.pk}"
    way = _way(f"persona:{persona_id}", graph.get(place, []), graph)
    if way:
        raise InvalidInput({"segment": [_told(segment, [*way, place])]})


def _unfit(leaf: trees.Leaf) -> str:
    if isinstance(leaf, trees.EventTest) and leaf.type.startswith("segment."):
        return "Name the segment itself instead of counting who enters and leaves."
    if isinstance(leaf, trees.FieldTest):
        values = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
        if trees.ME in values and leaf.ref.type == "member":
            return "A segment is the same for everybody: choose a person instead of “me”."
    return ""


def refuse_archived(node: trees.Node) -> None:
    """Raise `InvalidInput` for conditions of a rule that name a segment in the archive, where it can be asked no more.

    Those it names stay in use until the caller's transaction ends.
    """
    named = {leaf.path: leaf for leaf in trees.leaves(node) if isinstance(leaf, trees.MemberTest)}
    ids = {pk for leaf in named.values() if leaf.kind == "segment" for pk in leaf.ids}
    list(Segment.rows().filter(pk__in=ids).order_by("pk").select_for_update(no_key=True))
    errors = {path: [problem] for path, leaf in named.items() if (problem := _away(leaf))}
    if errors:
        raise InvalidInput(errors, code="invalid_criteria")


def archived(ids: Iterable[UUID]) -> list[str]:
    """Return the names of those segments that are in the archive, where nobody keeps them up to date."""
    rows = Segment.rows().filter(pk__in=list(ids), status=Segment.Status.ARCHIVED)
    return list(rows.order_by("name_norm").values_list("name", flat=True))


def _away(leaf: trees.Leaf) -> str:
    names = archived(leaf.ids) if isinstance(leaf, trees.MemberTest) and leaf.kind == "segment" else []
    return f"{names[0]} is in the archive: take it out first." if names else ""


def _ring(leaf: trees.Leaf, segment: Segment, graph: Mapping[str, list[str]]) -> str:
    if not isinstance(leaf, trees.MemberTest) or leaf.kind not in ("segment", "persona"):
        return ""
    ring = _way(f"segment:{segment.pk}", [f"{leaf.kind}:{pk}" for pk in leaf.ids], graph)
    return _told(segment, ring) if ring else ""


def _told(segment: Segment, ring: list[str]) -> str:
    names = {f"segment:{pk}": name for pk, name in Segment.rows().values_list("pk", "name")}
    names |= {f"persona:{pk}": f"persona {name}" for pk, name in Persona.rows().values_list("pk", "name")}
    way = " → ".join(names.get(place, "?") for place in ring)
    return f"{segment.name} would contain itself: {segment.name} → {way}."


def _graph() -> dict[str, list[str]]:
    """Return which segments and personas each segment names, and which segment fills each persona."""
    found: dict[str, list[str]] = {}
    for key, segment in SegmentDependency.rows().values_list("key", "segment_id"):
        if key.startswith(ID_KINDS):
            found.setdefault(f"segment:{segment}", []).append(key)
    for persona, segment in Persona.rows().filter(segment__isnull=False).values_list("pk", "segment_id"):
        found[f"persona:{persona}"] = [f"segment:{segment}"]
    return found


def _way(goal: str, starts: list[str], graph: Mapping[str, list[str]]) -> list[str]:
    """Return the shortest way from one of `starts` to `goal`, empty when there is none."""
    came: dict[str, str | None] = dict.fromkeys(starts)
    line = list(starts)
    while line:
        place = line.pop(0)
        if place == goal:
            return list(_back(place, came))[::-1]
        for following in graph.get(place, []):
            if following not in came:
                came[following] = place
                line.append(following)
    return []


def _back(place: str | None, came: Mapping[str, str | None]) -> Iterator[str]:
    while place is not None:
        yield place
        place = came[place]
