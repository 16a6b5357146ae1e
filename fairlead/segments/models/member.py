"""Who is in a segment, and who was put there by hand."""

from typing import Any, ClassVar

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SegmentMember(FirmModel):
    """A living contact in a segment: derived, whatever the kind, so that every reader asks one table."""

    derived: ClassVar[bool] = True
    id = None  # type: ignore[assignment]
    created_at = None  # type: ignore[assignment]
    updated_at = None  # type: ignore[assignment]
    pk: Any = models.CompositePrimaryKey(
        "firm_id", "segment_id", "contact_id",
        help_text="One of the two indexes; the other leads from the contact to its segments.",
    )  # fmt: skip

    segment_id = models.UUIDField(
        help_text="Of whichever kind; no foreign key, there is a row for everybody in every segment."
    )
    contact_id = models.UUIDField(
        help_text="Never one in the bin: who goes there leaves, and enters again when restored."
    )
    entered_at = models.DateTimeField(
        help_text="When the row was written: moments after what brought the contact here."
    )
    why = models.TextField(
        help_text="Type of the event that brought the contact here, or a word of ours: time, recount, repair, …"
    )
    cause = models.UUIDField(null=True, help_text="That event; empty when no single event did it.")

    class Meta:
        """Both directions are index-only."""

        base_manager_name = "objects"
        indexes = [models.Index(fields=["firm", "contact_id", "segment_id"], name="segment_member_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.segment_id}"


class SegmentPick(FirmModel):
    """A contact that somebody put into a static segment."""

    segment = FirmForeignKey(
        "segments.Segment", on_delete=models.CASCADE, db_index=False,
        help_text="A static one: the others go by criteria.",
    )  # fmt: skip
    contact = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, db_index=False,
        help_text="Who was picked; a row outlives the bin, so who is restored is a member again.",
    )  # fmt: skip
    picked_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who put the contact there, also through an API key.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Once a segment and contact; both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "segment", "contact"], name="segment_pick_once")]
        indexes = [models.Index(fields=["firm", "contact", "segment"], name="segment_pick_contact")]

    def __str__(self) -> str:
        return f"{self.contact_id} picked for {self.segment_id}"
