"""What is in a deal: products, quantities, prices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.kernel import money
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.fields import fitting
from fairlead.people.public import record_values
from fairlead.sales import access, currencies
from fairlead.sales.actions import staying, values
from fairlead.sales.models import Deal, LineItem, Product
from fairlead.sales.telling import tell
from fairlead.tenancy.public import Actor

MOST, NAME_LENGTH = 200, 200
LARGEST = Decimal(10) ** 9


@transaction.atomic
def set_line_items(
    deal_id: UUID, items: Sequence[Mapping[str, Any]], *, by: Actor, sum_is_value: bool = True,
    version: int | None = None,
) -> Deal:  # fmt: skip
    """Replace the line items of a deal. Each has `product` (id) or `name`, `quantity`, `unit_price`, `discount`.

    Prices are minor units of the deal's currency, or text; discounts are percent. With `sum_is_value` the value of
    the deal becomes their sum. Raises `InvalidInput` that names each wrong place ("items.2.quantity").
    """
    deal = access.lock_deal(by, deal_id)
    record_values.check_version(deal, version)
    if len(items) > MOST:
        raise InvalidInput({"items": [f"At most {MOST} line items fit."]})
    known = {p.pk: p for p in access.products(by)}
    made = [_item(deal, at, raw, known) for at, raw in enumerate(items)]
    total = sum(item.total for item in made)
    if total >= money.LIMIT:
        raise InvalidInput({"items": ["The sum is too large."]})
    LineItem.rows().filter(deal=deal).delete()
    LineItem.objects.bulk_create(made)
    deal.value_from_items = sum_is_value and bool(made)
    if deal.value_from_items:
        deal.value = total
        deal.base_value = currencies.rates(hold=True).major(deal.value, deal.currency)
    staying.bump(deal, "value_from_items", "value", "base_value")
    tell("items_changed", deal, by, count=len(made), value=deal.value, currency=deal.currency)
    return deal


def _item(deal: Deal, at: int, raw: Mapping[str, Any], products: Mapping[UUID, Product]) -> LineItem:
    place = f"items.{at}"
    product_id = values.as_id(raw.get("product"), f"{place}.product")
    product = products.get(product_id) if product_id else None
    if product_id and product is None:
        raise InvalidInput({f"{place}.product": ["There is no such product on offer."]})
    name = str(raw.get("name") or (product.name if product else "")).strip()
    if not name:
        raise InvalidInput({f"{place}.name": ["Choose a product or write a name."]})
    fitting(name, f"{place}.name", NAME_LENGTH)
    quantity = _decimal(raw.get("quantity", 1), f"{place}.quantity", Decimal("0.001"), LARGEST, 3)
    discount = _decimal(raw.get("discount") or 0, f"{place}.discount", Decimal(0), Decimal(100), 2)
    price = _price(raw.get("unit_price"), product, deal.currency, f"{place}.unit_price")
    total = line_total(quantity, price, discount)
    return LineItem(
        deal=deal, product=product, name=name, quantity=quantity, unit_price=price, discount=discount, total=total,
        position=at,
    )  # fmt: skip


def carry_prices(deal: Deal, before: str) -> None:
    """Let the prices of a deal keep their numbers in its new currency, which may count other minor units.

    A value that is the sum of the items stays their sum; the caller saves the deal.
    """
    if not currencies.scale(before, deal.currency):
        return
    items = list(LineItem.rows().filter(deal=deal).order_by("position"))
    for item in items:
        item.unit_price = values.carried(item.unit_price, before, deal.currency)
        item.total = line_total(item.quantity, item.unit_price, item.discount)
    LineItem.objects.bulk_update(items, ["unit_price", "total"])
    if items and deal.value_from_items:
        deal.value = sum(item.total for item in items)


def line_total(quantity: Decimal, unit_price: int, discount: Decimal) -> int:
    """Return quantity times price less the discount, rounded half up, in minor units."""
    return currencies.round_half_up(quantity * unit_price * (100 - discount) / 100)


def _price(raw: Any, product: Product | None, currency: str, place: str) -> int:
    if raw in (None, "") and product is not None:
        converted = _converted(product, currency)
        if converted is None:
            raise InvalidInput({place: [f"There is no rate from {product.currency} to {currency}: give a price."]})
        return converted
    if isinstance(raw, int) and not isinstance(raw, bool):
        units, code = raw, currency
    else:
        try:
            units, code = money.parse(str(raw or "0"), currency)
        except ValueError as error:
            raise InvalidInput({place: [str(error)]}) from None
    if code != currency:
        raise InvalidInput({place: [f"The deal is in {currency}."]})
    if not 0 <= units < money.LIMIT:
        raise InvalidInput({place: ["A price of 0 or more is expected."]})
    return units


def _converted(product: Product, currency: str) -> int | None:
    """Return a product's price in another currency, by way of the firm's."""
    if product.currency == currency:
        return product.unit_price
    rates = currencies.rates()
    there, here = rates.of(product.currency), rates.of(currency)
    if there is None or here is None:
        return None
    with localcontext(prec=currencies.PRECISION):
        price = Decimal(product.unit_price) * there.rate / here.rate
        return currencies.round_half_up(price.scaleb(currencies.scale(product.currency, currency)))


def _decimal(raw: Any, place: str, least: Decimal, most: Decimal, digits: int) -> Decimal:
    text = str(raw).strip()
    try:  # 1,000 is a thousand, as in prices; what begins with 0, is less than one
        found = Decimal(text.replace(",", ".")) if text.startswith("0,") else money.plain_decimal(text)
    except (InvalidOperation, ValueError):
        found = Decimal("NaN")
    if not found.is_finite() or not least <= found <= most:
        raise InvalidInput({place: [f"A number from {least} to {most:,} is expected."]})
    return round(found, digits)
