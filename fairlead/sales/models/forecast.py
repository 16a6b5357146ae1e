"""What was forecast: the open deals as they stood on the first day of a month, kept to be held against the wins."""

from django.db import models

from fairlead.sales.models.deal import Deal
from fairlead.sales.models.pipeline import Pipeline, Stage
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class ForecastEntry(FirmModel):
    """An open deal as it was forecast at the beginning of a month."""

    taken_on = models.DateField(help_text="First day of the month at whose beginning it was written down.")
    month = models.DateField(help_text="First day of the month in which the deal was expected to close.")
    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, db_index=False,
        help_text="An open one with a value, a close date and a rate for its currency.",
    )  # fmt: skip
    pipeline = FirmForeignKey(Pipeline, on_delete=models.CASCADE, db_index=False, help_text="Where the deal was then.")
    owner = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Who looked after the deal then; empty was nobody.",
    )  # fmt: skip
    category = models.TextField(
        choices=Stage.Forecast, default=Stage.Forecast.PIPELINE,
        help_text="The deal's own, else its stage's; what is left out has no entry.",
    )  # fmt: skip
    probability = models.IntegerField(default=0, help_text="Percent, of the stage in which the deal was.")
    value = models.BigIntegerField(
        null=True, blank=True, help_text="The deal's value then, in minor units of its own currency."
    )
    currency = models.CharField(
        max_length=3, blank=True, default="", db_default="",
        help_text="ISO 4217, of the value; empty in what older versions kept, which is in the firm's.",
    )  # fmt: skip
    weighted_value = models.BigIntegerField(
        null=True, blank=True, help_text="The value times the probability in percent: hundredths of its minor units."
    )
    base_value = models.BigIntegerField(
        default=0, help_text="The deal's value in minor units of the firm's currency at that day's rate."
    )
    weighted = models.BigIntegerField(
        default=0, help_text="The value times the probability, in minor units of the firm's currency."
    )

    class Meta(FirmModel.Meta):
        """Once a day and deal; by pipeline."""

        constraints = [models.UniqueConstraint(fields=["firm", "taken_on", "deal"], name="forecast_entry_once")]
        indexes = [
            models.Index(fields=["firm", "pipeline", "taken_on", "month"], name="forecast_entry_month"),
            models.Index(fields=["firm", "deal"], name="forecast_entry_deal"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} as of {self.taken_on}"
