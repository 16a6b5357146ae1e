"""Set one field of many deals at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.events.public import NewEvent
from fairlead.people.public import record_values, setting
from fairlead.sales import access
from fairlead.sales.actions import values as deal_values
from fairlead.sales.actions.deals import update_deal
from fairlead.sales.models import Deal
from fairlead.sales.telling import event
from fairlead.tenancy.public import Actor

# What more than a column follows from: a history of close dates, the companies that the deal is with.
WITH_HISTORY = frozenset({"expected_close", "company"})


@transaction.atomic
def set_deal_field(values: Mapping[UUID, Any], name: str, *, by: Actor) -> dict[UUID, Any]:
    """Set a field of many deals, each to its value; see `people.actions.setting.set_field`.

    Raises `Forbidden` when one of them goes through a pipeline that the actor may only look at.
    """
    by.require("deals.edit")
    access.refuse_read_only(by, access.deals(by).filter(pk__in=values))
    if name in WITH_HISTORY:
        return _one_by_one(values, name, by)
    return setting.set_field(SETTING, values, name, by=by)


def _one_by_one(values: Mapping[UUID, Any], name: str, by: Actor) -> dict[UUID, Any]:
    attribute = deal_values.fields()[name].attribute
    rows = access.deals(by).filter(pk__in=values).order_by("pk").select_for_update(of=("self",), no_key=True)
    before = {pk: record_values.as_json(value) for pk, value in rows.values_list("pk", attribute)}
    after: dict[UUID, Any] = {}
    for pk in before:
        after[pk] = record_values.as_json(getattr(update_deal(pk, {name: values[pk]}, by=by), attribute))
    return {pk: was for pk, was in before.items() if was != after[pk]}


def _follow(deal: Deal, before: setting.Before, by: Actor) -> None:
    """Nothing of a deal follows from a field that can be set for many."""


def _moved(deal: Deal, before: setting.Before, names: record_values.OwnerNames) -> list[NewEvent]:
    if deal.owner_id == before.owner_id:
        return []
    ids = {"from_id": record_values.as_json(before.owner_id), "to_id": record_values.as_json(deal.owner_id)}
    return [event("owner_changed", deal, to=names[deal.owner_id], **ids)]


def _updated(deal: Deal, data: dict[str, Any]) -> NewEvent:
    return event("updated", deal, **data)


SETTING = setting.Kind(
    "deal", "deals", deal_values.fields, access.deals, _follow, _moved,
    ("owner_id", "name", "pipeline_id", "contact_id", "company_id"), updated=_updated,
)  # fmt: skip
