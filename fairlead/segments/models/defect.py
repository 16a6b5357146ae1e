"""Where what was kept and what is true fell apart."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class SegmentDefect(FirmModel):
    """A nightly comparison that found a difference and repaired it; it stays open until somebody settles it."""

    segment = FirmForeignKey(
        "segments.Segment", on_delete=models.CASCADE, db_index=False, help_text="Where the difference was."
    )
    missing = models.IntegerField(help_text="Contacts that matched and were no members.")
    extra = models.IntegerField(help_text="Members that no longer matched.")
    sample = models.JSONField(default=list, help_text="Ids of some of them.")
    settled_at = models.DateTimeField(
        null=True, help_text="When somebody said that they have looked into it; empty while it is open."
    )
    settled_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False, help_text="The member who said so."
    )

    class Meta(FirmModel.Meta):
        """Read newest first."""

        indexes = [models.Index(fields=["firm", "segment", "created_at"], name="segment_defect_of")]

    def __str__(self) -> str:
        return f"{self.segment_id}: {self.missing} missing, {self.extra} extra"
