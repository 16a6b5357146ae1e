"""How large a segment was, day by day."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SegmentSize(FirmModel):
    """A segment at the end of a day (of the firm's time zone), and how many entered and left during it."""

    segment = FirmForeignKey("segments.Segment", on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    size = models.IntegerField()
    entered = models.IntegerField(default=0)
    left = models.IntegerField(default=0)

    class Meta(FirmModel.Meta):
        """Once a day."""

        constraints = [models.UniqueConstraint(fields=["firm", "segment", "day"], name="segment_size_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.size}"
