"""Rules that score deals, and when a deal counts as unwell: data that the firm edits."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class ScoreRule(FirmModel):
    """Points, more or less, for every open deal that meets the criteria."""

    name = models.TextField(help_text="Shown as a reason beside the score, up to 120 characters.")
    criteria = models.JSONField(
        default=dict, help_text="A criteria tree over deals; closed ones keep the score they had."
    )
    points = models.IntegerField(
        default=10, help_text="Added to the score of each deal that meets it, -1,000 to 1,000."
    )
    position = models.IntegerField(default=0, help_text="Rank in the order in which reasons are shown, lowest first.")
    is_active = models.BooleanField(
        default=True, help_text="Whether it counts; one that is switched off keeps its criteria."
    )

    class Meta(FirmModel.Meta):
        """In the order in which reasons are shown."""

        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class SalesSettings(FirmModel):
    """What the firm decides once for all its deals."""

    silent_days = models.IntegerField(default=14, help_text="Days without a word after which a deal is unwell.")
    loss_reason_required = models.BooleanField(
        default=True, help_text="Whether losing a deal needs a reason; imports may go without."
    )

    class Meta(FirmModel.Meta):
        """One a firm."""

        constraints = [models.UniqueConstraint(fields=["firm"], name="sales_settings_once")]

    def __str__(self) -> str:
        return "Sales settings"
