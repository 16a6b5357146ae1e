"""Segments that only serve a rule or a persona: made of their own criteria, listed nowhere."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fairlead.kernel.errors import Conflict, InvalidInput, NotFound
from fairlead.segments import access
from fairlead.segments.actions import segments
from fairlead.segments.models import Persona, Segment, SegmentMember, TagRule
from fairlead.tenancy.public import Actor

WORDS = {Segment.Purpose.RULE: "Rule", Segment.Purpose.PERSONA: "Persona"}


def segment_for(
    current: Segment | None, name: str, values: Mapping[str, Any], purpose: Segment.Purpose, *, by: Actor
) -> Segment | None:
    """Return the segment that `values` ask for by `segment` (an id) or `criteria`, else the current one."""
    if values.get("segment") and values.get("criteria"):
        raise InvalidInput({"criteria": ["Give a segment or criteria, not both."]})
    if values.get("segment") or values.get("criteria"):
        segments.lock_graph()
    if values.get("segment"):
        return _chosen(values["segment"], by)
    if values.get("criteria"):
        return _made(current, name, values["criteria"], purpose, by)
    return None if "segment" in values else current


def drop(segment: Segment | None) -> None:
    """Delete a segment that only served a rule or a persona, once nothing lives on it any more."""
    if segment is None or segment.purpose == Segment.Purpose.SEGMENT:
        return
    if TagRule.rows().filter(segment=segment).exists() or Persona.rows().filter(segment=segment).exists():
        return
    SegmentMember.rows().filter(segment_id=segment.pk).delete()
    Segment.rows().filter(pk=segment.pk).delete()


def _chosen(raw: Any, by: Actor) -> Segment:
    try:
        chosen = access.segment(by, UUID(str(raw)))
    except (ValueError, NotFound):
        raise InvalidInput({"segment": ["There is no such segment."]}) from None
    if chosen.status == Segment.Status.ARCHIVED:
        raise Conflict(f"The segment {chosen.name} is archived.")
    return chosen


def _made(current: Segment | None, name: str, criteria: Any, purpose: Segment.Purpose, by: Actor) -> Segment:
    if current is not None and current.purpose == purpose:
        found: Segment = Segment.rows().select_for_update(of=("self",)).get(pk=current.pk)
        return segments.change(found, {"criteria": criteria}, by=by)
    values = {"name": f"{WORDS[purpose]}: {name}", "criteria": criteria}
    return segments.create_segment(values, by=by, purpose=purpose)
