"""What other currencies are worth in the firm's own."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from fairlead.tenancy.public import FirmForeignKey, FirmModel


class CurrencyRate(FirmModel):
    """What another currency is worth from a day on."""

    currency = models.CharField(max_length=3, help_text="ISO 4217; never the firm's own.")
    rate = models.DecimalField(
        max_digits=60, decimal_places=40, default=Decimal(1),
        help_text="What one unit of it is worth in units of the firm's currency; beyond ten decimal places if carried.",
    )  # fmt: skip
    valid_from = models.DateField(
        help_text="First day it holds, until the next one of the currency; before the first, the first holds."
    )
    is_carried = models.BooleanField(
        default=False, db_default=False, help_text="Its day comes from another rate, when the firm's currency changed."
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
        return f"1 {self.currency} = {self.shown} from {self.valid_from}"

    @property
    def shown(self) -> str:
        """Return the rate for people."""
        return shown(self.rate)

    @property
    def exact(self) -> str:
        """Return the rate for programs: always with 10 digits behind the point, or more when it is very small."""
        return f"{_rounded(self.rate):f}"


def shown(rate: Decimal) -> str:
    """Return a rate for people: 10 digits behind the point at most, 6 that count at least."""
    return f"{_rounded(rate).normalize():f}"


def _rounded(rate: Decimal) -> Decimal:
    return round(rate, max(10, 5 - rate.adjusted()))


class CurrencyChange(FirmModel):
    """The firm's currency became another one; until `finished_at` the worth of deals is worked out anew.

    `done` of `total` rows are worth what they are in the new currency, the others still what they were in the old one.
    """

    before = models.CharField(max_length=3, help_text="ISO 4217; what amounts that are not done yet are in.")
    after = models.CharField(max_length=3, help_text="ISO 4217; what amounts are in once they are done.")
    changed_by = FirmForeignKey(
        "accounts.Membership", null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="The member who changed it, also through an API key.",
    )  # fmt: skip
    changed_by_label = models.TextField(blank=True, default="", help_text="Who changed it, by the name of then.")
    done = models.BigIntegerField(default=0, help_text="Deals and rows of their history that are worked out.")
    total = models.BigIntegerField(default=0, help_text="Deals and rows of their history there were at the start.")
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text="When all was worked out, or another change took over; empty until then."
    )

    class Meta(FirmModel.Meta):
        """One at a time is worked out."""

        constraints = [
            models.UniqueConstraint(fields=["firm"], name="currency_change_open_once", condition=Q(finished_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"

    @property
    def percent(self) -> int:
        """Return how much of it is done, 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 0
