"""The event types that the segments room writes."""

from fairlead.events.public import EventType

TYPES = (
    EventType("segment.created", "Segment created", "created the segment {segment}", "segments", "chart-pie"),
    EventType("segment.updated", "Segment changed", "changed the segment {segment}", "segments", "pencil"),
    EventType("segment.paused", "Segment paused", "paused the segment {segment}", "segments", "player-pause"),
    EventType("segment.resumed", "Segment resumed", "resumed the segment {segment}", "segments", "player-play"),
    EventType("segment.archived", "Segment archived", "archived the segment {segment}", "segments", "archive"),
    EventType(
        "segment.unarchived", "Segment taken out", "took the segment {segment} out of the archive", "segments",
        "archive-off",
    ),
    EventType("segment.recounted", "Segment recounted", "had the segment {segment} recounted", "segments", "refresh"),
    EventType("segment.entered", "Entered a segment", "moved the contact into {segment}", "segments", "login-2"),
    EventType("segment.left", "Left a segment", "moved the contact out of {segment}", "segments", "logout-2"),
    EventType(
        "segment.repaired", "Segment repaired",
        "found {missing} people missing in {segment} and {extra} too many, and put it right", "system", "bug",
    ),
    EventType(
        "segment.defect_settled", "Segment defect settled", "settled a defect of {segment}", "system", "circle-check"
    ),
    EventType("tag_rule.created", "Tag rule created", "created the tag rule {rule}", "tags", "wand"),
    EventType("tag_rule.updated", "Tag rule changed", "changed the tag rule {rule}", "tags", "wand"),
    EventType("tag_rule.paused", "Tag rule paused", "paused the tag rule {rule}", "tags", "player-pause"),
    EventType("tag_rule.resumed", "Tag rule resumed", "resumed the tag rule {rule}", "tags", "player-play"),
    EventType("tag_rule.deleted", "Tag rule deleted", "deleted the tag rule {rule}", "tags", "trash"),
    EventType(
        "tag_rule.stopped", "Tag rule stopped", "stopped the tag rule {rule}: it goes round in circles", "tags",
        "alert-triangle",
    ),
    EventType("persona.created", "Persona created", "created the persona {persona}", "segments", "user-circle"),
    EventType("persona.updated", "Persona changed", "changed the persona {persona}", "segments", "pencil"),
    EventType("persona.archived", "Persona archived", "archived the persona {persona}", "segments", "archive"),
    EventType(
        "persona.unarchived", "Persona taken out", "took the persona {persona} out of the archive", "segments",
        "archive-off",
    ),
    EventType(
        "persona.assigned", "Persona assigned", "assigned the persona {persona}", "segments", "user-circle"
    ),
    EventType("persona.unassigned", "Persona removed", "took away the persona {persona}", "segments", "user-off"),
)  # fmt: skip
