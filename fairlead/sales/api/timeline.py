"""What happened with a deal, and what of it is pinned."""

from fairlead.activities.api.public import RecordPins, RecordTimeline


class DealTimeline(RecordTimeline):
    """A deal's timeline."""

    noun = "deal"


class DealPins(RecordPins):
    """A deal's pinned events."""

    noun = "deal"
