"""What other currencies are worth in the firm's own."""

from decimal import Decimal

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class CurrencyRate(FirmModel):
    """What another currency is worth from a day on."""

    currency = models.CharField(max_length=3, help_text="ISO 4217; never the firm's own.")
    rate = models.DecimalField(
        max_digits=20, decimal_places=10, default=Decimal(1),
        help_text="What one unit of it is worth in units of the firm's currency, to ten decimal places.",
    )  # fmt: skip
    valid_from = models.DateField(
        help_text="First day it holds, until the next one of the currency; before the first, the first holds."
    )
    set_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who set it, also through an API key.",
    )  # fmt: skip

    class Meta(FirmModel.Meta):
        """One a currency and day."""

        ordering = ["currency", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["firm", "currency", "valid_from"], name="currency_rate_once")]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate} from {self.valid_from}"
