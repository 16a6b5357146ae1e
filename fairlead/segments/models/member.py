"""Who is in a segment, and who was put there by hand."""

from typing import Any, ClassVar

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SegmentMember(FirmModel):
    """A living contact in a segment: derived, whatever the kind, so that every reader asks one table.

    `why` is the type of the event that brought the contact here, "time", "criteria" or "repair"; `cause` that event.
    There are as many rows as people in all segments: two indexes and no foreign keys.
    """

    derived: ClassVar[bool] = True
    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]
    pk: Any = models.CompositePrimaryKey("firm_id", "segment_id", "contact_id")

    segment_id = models.UUIDField()
    contact_id = models.UUIDField()
    entered_at = models.DateTimeField()
    why = models.TextField()
    cause = models.UUIDField(null=True)

    class Meta:
        """Both directions are index-only."""

        base_manager_name = "objects"
        indexes = [models.Index(fields=["firm", "contact_id", "segment_id"], name="segment_member_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.segment_id}"


class SegmentPick(FirmModel):
    """A contact that somebody put into a static segment. It outlives the bin: who is restored is a member again."""

    segment = FirmForeignKey("segments.Segment", on_delete=models.CASCADE, db_index=False)
    contact = FirmForeignKey("people.Contact", on_delete=models.CASCADE, db_index=False)
    picked_by = FirmForeignKey("accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """Once a segment and contact; both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "segment", "contact"], name="segment_pick_once")]
        indexes = [models.Index(fields=["firm", "contact", "segment"], name="segment_pick_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id} picked for {self.segment_id}"
