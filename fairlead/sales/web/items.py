"""The line items of a deal, edited in one dialog."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import money
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import whole_number
from fairlead.sales import access
from fairlead.sales.actions.line_items import MOST, set_line_items
from fairlead.sales.models import Deal, LineItem
from fairlead.sales.web.place import url
from fairlead.shell import dialogs, seen
from fairlead.shell.responses import done

SPARE = 2
LABELS = {"items": "Line items", "sum_is_value": "Their sum as the value"}
PARTS = {"product": "Product", "name": "Name", "quantity": "Quantity", "unit_price": "Price", "discount": "Discount"}


@dataclass
class Row:
    """A row of the dialog as typed, with what is wrong with it."""

    number: int
    product: str = ""
    name: str = ""
    quantity: str = "1"
    unit_price: str = ""
    discount: str = ""
    wrong: str = ""  # the name of the part that is

    @property
    def is_filled(self) -> bool:
        """Tell whether anything was typed into it: a price without a name is asked about, not dropped."""
        return any(part.strip() for part in (self.product, self.name, self.unit_price, self.discount))

    @property
    def in_words(self) -> str:
        """Return the row as people say it."""
        less = f" less {self.discount}%" if self.discount else ""
        return f"{self.quantity} × {self.name.strip() or 'a product'} at {self.unit_price or 'its price'}{less}"


def page(request: FirmRequest, record_id: UUID) -> HttpResponse:
    """Show the line items, or replace them with what was typed."""
    deal = access.deal(request.actor, record_id)
    access.require_edit(request.actor, deal.pipeline)
    if request.method != "POST":
        return _show(request, deal, _stored(deal))
    deal, rows = seen.locked(deal), _typed(request)
    filled = [row for row in rows if row.is_filled]
    sum_is_value = bool(request.POST.get("sum_is_value"))
    try:
        typed = {"items": [row.in_words for row in filled], "sum_is_value": sum_is_value}
        seen.expect(request.POST.get(seen.NAME, ""), _kept(deal), typed, _shown)
        set_line_items(record_id, [_values(row) for row in filled], by=request.actor, sum_is_value=sum_is_value)
    except InvalidInput as error:
        return _show(request, deal, rows, _placed(error, filled))
    return done(request, "Line items saved.", to=url(request, "deal", record_id=record_id))


def _placed(error: InvalidInput, filled: list[Row]) -> str:
    """Put what is wrong with a row at it, and return what stands above all of them."""
    if error.code == seen.STALE:
        return " ".join(f"{LABELS[name]}: {text}" for name, texts in error.fields.items() for text in texts)
    said = []
    for path, messages in error.fields.items():
        _, at, part = (*path.split("."), "", "")[:3]
        if at.isdecimal() and part in PARTS:
            row = filled[int(at)]
            row.wrong = part
            said.append(f"{PARTS[part]} {row.number + 1}: {messages[0]}")
    return " ".join(said) or error.message


def _show(request: FirmRequest, deal: Deal, rows: list[Row], error: str = "") -> HttpResponse:
    products = [
        (str(p.pk), f"{p.name} ({money.shown(p.unit_price, p.currency)})") for p in access.products(request.actor)
    ]
    kept = _kept(deal)
    context: dict[str, Any] = {
        "rows": rows, "products": products, "deal": deal, "error": error, "count": len(rows), "seen": seen.mark(kept),
        "sum_is_value": bool(request.POST.get("sum_is_value")) if error else kept["sum_is_value"],
    }  # fmt: skip
    return dialogs.dialog(request, None, title=f"Line items of {deal.name}", template="sales/items.html", **context)


def _kept(deal: Deal) -> dict[str, Any]:
    """Return what the dialog is about as it is now, for who is told that a colleague changed it."""
    lines = [row.in_words for row in _stored(deal) if row.is_filled]
    return {"items": lines, "sum_is_value": deal.value_from_items or not lines}


def _shown(name: str, value: Any) -> str:
    return ", ".join(value) if name == "items" else "yes" if value else "no"


def _stored(deal: Deal) -> list[Row]:
    rows = [
        Row(at, str(i.product_id or ""), i.name, f"{i.quantity.normalize():f}",
            str(money.major(i.unit_price, deal.currency)), f"{i.discount.normalize():f}" if i.discount else "")
        for at, i in enumerate(LineItem.rows().filter(deal=deal))
    ]  # fmt: skip
    return [*rows, *(Row(len(rows) + n) for n in range(SPARE))]


def _typed(request: FirmRequest) -> list[Row]:
    # More than a deal may have: the action refuses too many, and none is dropped without a word.
    count = min(whole_number(request.POST.get("count"), digits=5) or 0, 2 * MOST)
    return [Row(at, *(request.POST.get(f"{part}-{at}", "") for part in PARTS)) for at in range(count)]


def _values(row: Row) -> dict[str, Any]:
    given = {part: getattr(row, part).strip() for part in PARTS}
    return {part: value for part, value in given.items() if value or part == "name"}
