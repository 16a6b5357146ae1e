"""What hangs on a deal: loaded for a whole page at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.sales.models import Deal, DealCompany, DealContact, LineItem
from fairlead.shell.api.strict import Output

Found = Mapping[UUID, list[dict[str, Any]]]


class LinkOutput(Output):
    """A person or a company in a deal."""

    id = serializers.UUIDField(help_text="Of the contact or company.")
    name = serializers.CharField()
    role = serializers.CharField(help_text="What it is in the deal; may be empty.")
    is_primary = serializers.BooleanField()


class LineItemOutput(Output):
    """Something in a deal, in the deal's currency."""

    id = serializers.UUIDField()
    product = serializers.UUIDField(source="product_id", allow_null=True)
    name = serializers.CharField()
    quantity = serializers.CharField(help_text="A decimal number.")
    unit_price = serializers.IntegerField(help_text="Minor units.")
    discount = serializers.CharField(help_text="Percent, a decimal number.")
    total = serializers.IntegerField(help_text="Minor units.")


def contacts(ids: Sequence[UUID]) -> Found:
    """Return the people of deals, the primary one first."""
    rows = DealContact.rows().filter(deal_id__in=ids, contact__deleted_at=None)
    values = rows.order_by("created_at").values_list("deal_id", "contact_id", "contact__name", "role")
    return _links(values, dict(Deal.rows().filter(pk__in=ids).values_list("pk", "contact_id")))


def companies(ids: Sequence[UUID]) -> Found:
    """Return the companies of deals, the primary one first."""
    rows = DealCompany.rows().filter(deal_id__in=ids, company__deleted_at=None)
    values = rows.order_by("created_at").values_list("deal_id", "company_id", "company__name", "role")
    return _links(values, dict(Deal.rows().filter(pk__in=ids).values_list("pk", "company_id")))


def items(ids: Sequence[UUID]) -> Found:
    """Return the line items of deals in their order."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for item in LineItem.rows().filter(deal_id__in=ids).order_by("position"):
        found[item.deal_id].append(dict(LineItemOutput(item).data))
    return found


def _links(rows: Any, primaries: Mapping[UUID, UUID | None]) -> Found:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for deal, pk, name, role in rows:
        link = {"id": pk, "name": name, "role": role, "is_primary": primaries.get(deal) == pk}
        found[deal].insert(0 if link["is_primary"] else len(found[deal]), link)
    return found
