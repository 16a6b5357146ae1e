"""What other currencies are worth in the firm's own."""

from decimal import Decimal

from django.db import models

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class CurrencyRate(FirmModel):
    """From `valid_from` on, one unit of `currency` is worth `rate` units of the firm's currency (ISO 4217)."""

    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=20, decimal_places=10, default=Decimal(1))
    valid_from = models.DateField()
    set_by = FirmForeignKey("accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False)

    class Meta(FirmModel.Meta):
        """One a currency and day."""

        ordering = ["currency", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["firm", "currency", "valid_from"], name="currency_rate_once")]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate} from {self.valid_from}"
