"""What the API of higher rooms may use of activities'."""

from fairlead.activities.api.timeline import RecordPins, RecordTimeline

__all__ = ["RecordPins", "RecordTimeline"]
