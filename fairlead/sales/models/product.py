"""What the firm sells, and what of it is in a deal."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from fairlead.sales.models.deal import Deal
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Product(FirmModel):
    """Something the firm sells."""

    name = models.TextField(help_text="What the firm calls it, up to 200 characters.")
    name_norm = models.TextField(help_text="Folded name (kernel.text): unique among products on offer.")
    sku = models.TextField(blank=True, default="", help_text="The firm's own code.")
    description = models.TextField(blank=True, default="", help_text="Free text of up to 2,000 characters.")
    unit = models.TextField(blank=True, default="", help_text="What is counted: hour, licence, piece …")
    unit_price = models.BigIntegerField(default=0, help_text="Minor units of its currency for one unit, such as cents.")
    currency = models.CharField(
        max_length=3, help_text="ISO 4217; in deals of another currency the price is converted."
    )
    archived_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is off the list; deals that hold it keep it. Empty on offer."
    )

    class Meta(FirmModel.Meta):
        """Names and codes of what is on offer are unique."""

        ordering = ["name_norm"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "name_norm"], name="product_once", condition=Q(archived_at=None)),
            models.UniqueConstraint(
                fields=["firm", "sku"], name="product_sku_once", condition=Q(archived_at=None) & ~Q(sku="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LineItem(FirmModel):
    """A quantity of something in a deal."""

    deal = FirmForeignKey(
        Deal, on_delete=models.CASCADE, related_name="items", db_index=False,
        help_text="What it is a part of; its currency is that of the prices.",
    )  # fmt: skip
    product = FirmForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, db_index=False,
        help_text="Where name and price came from; empty for what was only written.",
    )  # fmt: skip
    name = models.TextField(help_text="What was sold, as it was called then; up to 200 characters.")
    quantity = models.DecimalField(
        max_digits=14, decimal_places=3, default=Decimal(1), help_text="How many units, to three decimal places."
    )
    unit_price = models.BigIntegerField(
        default=0, help_text="Minor units of the deal's currency for one unit, as agreed."
    )
    discount = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(0), help_text="Percent off the price, 0 to 100."
    )
    total = models.BigIntegerField(
        default=0, help_text="Quantity times price less the discount, rounded half up, in minor units."
    )
    position = models.IntegerField(default=0, help_text="Rank within the deal, from 0.")

    class Meta(FirmModel.Meta):
        """In their order within the deal."""

        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["firm", "deal", "position"], name="line_item_deal"),
            models.Index(fields=["firm", "product"], name="line_item_product", condition=Q(product__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"
