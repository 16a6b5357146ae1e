"""What the firm sells."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.sales import currencies
from fairlead.sales.actions import values
from fairlead.sales.models import Product
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor, one

TEXTS = {"name": 200, "sku": 60, "unit": 40, "description": 2_000}
TAKEN = "There is a product of this name, or with this code."


@transaction.atomic
def create_product(given: Mapping[str, Any], *, by: Actor) -> Product:
    """Put something on offer: `name`, `unit_price` (minor units or text); maybe `currency sku unit description`."""
    by.require("products.manage")
    product = Product(currency=currencies.home())
    _set(product, {"name": "", **given})
    with unique(TAKEN):
        product.save(force_insert=True)
    tell_settings("product.created", product, by)
    return product


@transaction.atomic
def update_product(product_id: UUID, given: Mapping[str, Any], *, by: Actor) -> Product:
    """Change a product; line items that name it keep what they were sold for."""
    by.require("products.manage")
    product: Product = one(Product.rows(), product_id, lock=True)
    _set(product, given)
    with unique(TAKEN):
        product.save()
    tell_settings("product.updated", product, by)
    return product


@transaction.atomic
def archive_product(product_id: UUID, *, by: Actor) -> Product:
    """Take a product off the list; deals that hold it keep it."""
    return _set_archived(product_id, True, by)


@transaction.atomic
def restore_product(product_id: UUID, *, by: Actor) -> Product:
    """Put a product back on the list."""
    return _set_archived(product_id, False, by)


def _set_archived(product_id: UUID, archived: bool, by: Actor) -> Product:
    by.require("products.manage")
    product: Product = one(Product.rows(), product_id, lock=True)
    if not archived:
        _refuse_double(product)
    product.archived_at = clock.now() if archived else None
    with unique(TAKEN):
        product.save(update_fields=["archived_at", "updated_at"])
    tell_settings("product.archived" if archived else "product.restored", product, by)
    return product


def _set(product: Product, given: Mapping[str, Any]) -> None:
    rest = dict(given)
    for name, length in TEXTS.items():
        if name in rest:
            raw = str(rest.pop(name) or "")
            text = raw.strip() if name == "description" else squeeze(raw)
            if len(text) > length:
                raise InvalidInput({name: [f"At most {length} characters fit."]})
            setattr(product, name, text)
    if not product.name:
        raise InvalidInput({"name": ["A name is required."]})
    product.name_norm = fold(product.name)
    if "unit_price" in rest:
        rest["value"] = rest.pop("unit_price") or 0
    try:
        amount = values.clean_amount(rest, currency=product.currency)
    except InvalidInput as error:
        raise InvalidInput({"unit_price" if p == "value" else p: m for p, m in error.fields.items()}) from None
    product.unit_price = amount.get("value", product.unit_price) or 0
    product.currency = amount.get("currency", product.currency)
    _refuse_double(product)


def _refuse_double(product: Product) -> None:
    others = Product.rows().filter(archived_at=None).exclude(pk=product.pk)
    if others.filter(name_norm=product.name_norm).exists():
        raise InvalidInput({"name": ["There is a product of this name."]})
    if product.sku and others.filter(sku=product.sku).exists():
        raise InvalidInput({"sku": ["There is a product with this code."]})
