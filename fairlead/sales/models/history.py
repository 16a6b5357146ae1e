"""What became of deals, kept for ever: the analytics read only this, never how things stand now.

`is_live` is false while the deal is in the bin; `value` is what the deal was worth at that moment in minor units of
`currency`, `base_value` the same in the firm's currency at `rate`, which is that of the day and follows when the firm
edits its rates; None while the firm has no rate at all.
"""

from django.db import models
from django.db.models import Q

from fairlead.sales.models.deal import Deal
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class StageStay(FirmModel):
    """A stay of a deal in a stage. `visit` counts the stays of the deal in that stage.

    `advanced_at` is when the deal first got beyond this stage, or was won; only first visits tell it.
    """

    class Exit(models.TextChoices):
        """How it ended."""

        NONE = "", "Still there"
        FORWARD = "forward", "Went on"
        BACKWARD = "backward", "Went back"
        WON = "won", "Won"
        LOST = "lost", "Lost"
        ELSEWHERE = "elsewhere", "Went to another pipeline"
        REOPENED = "reopened", "Reopened"

    deal = FirmForeignKey(Deal, on_delete=models.CASCADE, related_name="stays", db_index=False)
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False)
    stage = FirmForeignKey(Stage, on_delete=models.CASCADE, db_index=False)
    from_stage = FirmForeignKey(Stage, null=True, blank=True, on_delete=models.CASCADE, db_index=False)
    owner = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    seconds = models.BigIntegerField(null=True, blank=True, help_text="How long it lasted, once it is over.")
    exit = models.TextField(choices=Exit, blank=True, default="")
    moved_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    moved_by_label = models.TextField(blank=True, default="", help_text="Who brought it here, by the name of then.")
    visit = models.IntegerField(default=1)
    is_regression = models.BooleanField(default=False, help_text="It came from a later stage.")
    advanced_at = models.DateTimeField(null=True, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True, blank=True)
    base_value = models.BigIntegerField(null=True, blank=True)
    is_foreign = models.BooleanField(default=False, db_default=False, help_text="Not in the firm's currency.")
    stalled_at = models.DateTimeField(null=True, blank=True, help_text="When it was said that it stays too long.")
    is_live = models.BooleanField(default=True, db_default=True)

    class Meta(FirmModel.Meta):
        """One open stay a deal; the analytics of a pipeline and period read one index only."""

        constraints = [
            models.UniqueConstraint(fields=["firm", "deal"], name="stage_stay_open_once", condition=Q(left_at=None))
        ]
        indexes = [
            models.Index(fields=["firm", "deal", "entered_at"], name="stage_stay_deal"),
            models.Index(
                fields=["firm", "pipeline", "entered_at"],
                include=[
                    "stage",
                    "owner",
                    "visit",
                    "is_regression",
                    "advanced_at",
                    "exit",
                    "seconds",
                    "deal",
                    "base_value",
                    "from_stage",
                ],
                name="stage_stay_funnel",
                condition=Q(is_live=True),
            ),
            models.Index(
                fields=["firm", "pipeline", "entered_at"],
                include=["owner", "deal", "currency", "rate", "value", "base_value"],
                name="stage_stay_foreign",
                condition=Q(is_live=True, is_foreign=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} in {self.stage_id}"


class CloseDateChange(FirmModel):
    """A change of a deal's expected close date. `days` is how much later (or earlier) it became."""

    deal = FirmForeignKey(Deal, on_delete=models.CASCADE, related_name="close_dates", db_index=False)
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False)
    owner = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    changed_at = models.DateTimeField()
    changed_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    changed_by_label = models.TextField(blank=True, default="")
    before = models.DateField(null=True, blank=True)
    after = models.DateField(null=True, blank=True)
    days = models.IntegerField(null=True, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True, blank=True)
    base_value = models.BigIntegerField(null=True, blank=True)
    is_live = models.BooleanField(default=True, db_default=True)

    class Meta(FirmModel.Meta):
        """By deal, and by pipeline and time."""

        indexes = [
            models.Index(fields=["firm", "deal", "changed_at"], name="close_date_deal"),
            models.Index(
                fields=["firm", "pipeline", "changed_at"],
                include=["owner", "days", "deal", "base_value"],
                name="close_date_slippage",
                condition=Q(is_live=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.before} to {self.after}"
