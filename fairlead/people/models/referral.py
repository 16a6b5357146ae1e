"""Who referred whom."""

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Referral(FirmModel):
    """A contact came by the word of another. Everybody has at most one referrer."""

    referrer = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="+", db_index=False,
        help_text="Who spoke for the firm; may have referred many.",
    )  # fmt: skip
    referred = FirmForeignKey(
        "people.Contact", on_delete=models.CASCADE, related_name="+", db_index=False,
        help_text="Who came; never somebody by whom, over any steps, the referrer came.",
    )  # fmt: skip
    recorded_by = FirmForeignKey(
        "accounts.Membership", null=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who wrote it down; empty when no member did.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """Both directions."""

        constraints = [models.UniqueConstraint(fields=["firm", "referred"], name="referred_once")]
        indexes = [models.Index(fields=["firm", "referrer", "referred"], name="referral_by")]

    def __str__(self) -> str:
        return f"{self.referrer_id} referred {self.referred_id}"
