"""What was forecast: the open deals as they stood on the first day of a month, kept to be held against the wins."""

from django.db import models

from fairlead.sales.models.deal import Deal
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ForecastEntry(FirmModel):
    """An open deal on `taken_on`, expected to close in `month` (its first day). Amounts in the firm's minor units."""

    taken_on = models.DateField()
    month = models.DateField()
    deal = FirmForeignKey(Deal, on_delete=models.CASCADE, db_index=False)
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False)
    owner = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    category = models.TextField(choices=Stage.Forecast, default=Stage.Forecast.PIPELINE)
    probability = models.IntegerField(default=0)
    base_value = models.BigIntegerField(default=0)
    weighted = models.BigIntegerField(default=0)

    class Meta(FirmModel.Meta):
        """Once a day and deal; by pipeline."""

        constraints = [models.UniqueConstraint(fields=["firm", "taken_on", "deal"], name="forecast_entry_once")]
        indexes = [
            models.Index(fields=["firm", "pipeline", "taken_on", "month"], name="forecast_entry_month"),
            models.Index(fields=["firm", "deal"], name="forecast_entry_deal"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} as of {self.taken_on}"
