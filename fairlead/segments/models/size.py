"""How large a segment was, day by day."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SegmentSize(FirmModel):
    """A segment at the end of a day, and how many entered and left during it."""

    segment = FirmForeignKey(
        "segments.Segment", on_delete=models.CASCADE, db_index=False, help_text="Which one was this large."
    )
    day = models.DateField(help_text="In the firm's time zone; a day without a row is like the last one before it.")
    size = models.IntegerField(help_text="Members at the end of the day, or now if it is today.")
    entered = models.IntegerField(
        default=0, help_text="How often somebody came in during the day; the same contact may count twice."
    )
    left = models.IntegerField(
        default=0, help_text="How often somebody went during the day; the same contact may count twice."
    )

    class Meta(FirmModel.Meta):
        """Once a day."""

        constraints = [models.UniqueConstraint(fields=["firm", "segment", "day"], name="segment_size_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.size}"
