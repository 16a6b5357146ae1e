"""What the history of a deal keeps of its value."""

from django.db import models

from fairlead.tenancy.public import FirmModel


class Worth(FirmModel):
    """What a deal was worth at that moment, and whether the row counts."""

    value = models.BigIntegerField(
        null=True, blank=True, help_text="Minor units of the deal's currency at that moment; empty is unknown."
    )
    currency = models.CharField(max_length=3, blank=True, default="", db_default="", help_text="ISO 4217: the value's.")
    rate = models.DecimalField(
        max_digits=20, decimal_places=10, null=True, blank=True,
        help_text="Rate of the day into the firm's currency; follows when the firm edits its rates. Empty without one.",
    )  # fmt: skip
    base_value = models.BigIntegerField(
        null=True, blank=True, help_text="The value at that rate, in minor units of the firm's currency."
    )
    is_live = models.BooleanField(
        default=True, db_default=True, help_text="False while the deal is in the bin: the analytics leave it out."
    )

    class Meta(FirmModel.Meta):
        """Abstract."""

        abstract = True
