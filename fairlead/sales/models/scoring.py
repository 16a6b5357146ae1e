"""Rules that score deals, and when a deal counts as unwell: data that the firm edits."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class ScoreRule(FirmModel):
    """Points, more or less, for every open deal that meets the criteria (a tree over the noun deal)."""

    name = models.TextField()
    criteria = models.JSONField(default=dict)
    points = models.IntegerField(default=10)
    position = models.IntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta(FirmModel.Meta):
        """In the order in which reasons are shown."""

        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class SalesSettings(FirmModel):
    """What the firm decides once for all its deals."""

    silent_days = models.IntegerField(default=14, help_text="Days without a word after which a deal is unwell.")
    loss_reason_required = models.BooleanField(default=True)

    class Meta(FirmModel.Meta):
        """One a firm."""

        constraints = [models.UniqueConstraint(fields=["firm"], name="sales_settings_once")]

    def __str__(self) -> str:
        return "Sales settings"
