"""What higher rooms may use of segments."""

from fairlead.segments import access
from fairlead.segments.actions.personas import create_persona
from fairlead.segments.actions.segments import create_segment, update_segment
from fairlead.segments.judged import refuse_archived
from fairlead.segments.keeping.following import recount_on
from fairlead.segments.models import Persona, Segment, SegmentMember

__all__ = [
    "Persona",
    "Segment",
    "SegmentMember",
    "access",
    "create_persona",
    "create_segment",
    "recount_on",
    "refuse_archived",
    "update_segment",
]
