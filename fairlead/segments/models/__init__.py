"""Segments, who is in them, and what follows from it."""

from fairlead.segments.models.defect import SegmentDefect
from fairlead.segments.models.dependency import SegmentDependency
from fairlead.segments.models.member import SegmentMember, SegmentPick
from fairlead.segments.models.persona import Persona, PersonaAssignment
from fairlead.segments.models.rule import TagRule, TagRuleApplication
from fairlead.segments.models.segment import Segment, SegmentVersion
from fairlead.segments.models.size import SegmentSize

__all__ = [
    "Persona",
    "PersonaAssignment",
    "Segment",
    "SegmentDefect",
    "SegmentDependency",
    "SegmentMember",
    "SegmentPick",
    "SegmentSize",
    "SegmentVersion",
    "TagRule",
    "TagRuleApplication",
]
