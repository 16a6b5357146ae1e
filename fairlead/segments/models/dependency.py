"""What a segment's criteria speak of."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SegmentDependency(FirmModel):
    """One thing whose change can change who is in the segment; derived from the parsed criteria."""

    segment = FirmForeignKey(
        "segments.Segment", on_delete=models.CASCADE, related_name="dependencies", db_index=False,
        help_text="Whose criteria speak of it; static segments have none.",
    )  # fmt: skip
    key = models.TextField(
        db_collation="C",
        help_text="field:city, company:industry, tag:<id>, list:<id>, segment:<id>, event:email.opened or time.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Found by what changed, and by segment."""

        constraints = [models.UniqueConstraint(fields=["firm", "key", "segment"], name="segment_dependency_once")]
        indexes = [models.Index(fields=["firm", "segment"], name="segment_dependency_of")]

    def __str__(self) -> str:
        return f"{self.segment_id} on {self.key}"
