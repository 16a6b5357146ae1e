"""What the firm sells, and what of it is in a deal."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from fairlead.sales.models.deal import Deal
from fairlead.tenancy.public import FirmForeignKey, FirmModel


class Product(FirmModel):
    """Something the firm sells, at a price in minor units of a currency (ISO 4217)."""

    name = models.TextField()
    name_norm = models.TextField(help_text="Folded name.")
    sku = models.TextField(blank=True, default="", help_text="The firm's own code.")
    description = models.TextField(blank=True, default="")
    unit = models.TextField(blank=True, default="", help_text="What is counted: hour, licence, piece …")
    unit_price = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    archived_at = models.DateTimeField(null=True, blank=True)

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
    """A quantity of something in a deal, in the deal's currency. `total` is rounded half up, in minor units."""

    deal = FirmForeignKey(Deal, on_delete=models.CASCADE, related_name="items", db_index=False)
    product = FirmForeignKey(Product, null=True, blank=True, on_delete=models.SET_NULL, db_index=False)
    name = models.TextField()
    quantity = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(1))
    unit_price = models.BigIntegerField(default=0, help_text="Minor units.")
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0), help_text="Percent.")
    total = models.BigIntegerField(default=0, help_text="Minor units.")
    position = models.IntegerField(default=0)

    class Meta(FirmModel.Meta):
        """In their order within the deal."""

        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["firm", "deal", "position"], name="line_item_deal"),
            models.Index(fields=["firm", "product"], name="line_item_product", condition=Q(product__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"
