"""Create, change, bin, restore and purge deals."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.text import fold
from fairlead.people.public import forget_records, record_values, shelve_tags, take_company_name, unshelve_tags
from fairlead.records.public import cleaning
from fairlead.sales import access, currencies, ranks, requirements
from fairlead.sales.actions import line_items, moving, staying, values
from fairlead.sales.actions.associations import link_primaries
from fairlead.sales.actions.close_dates import note_close_date
from fairlead.sales.holding import hold_stages
from fairlead.sales.models import Deal, Stage
from fairlead.sales.telling import tell, tell_many
from fairlead.tenancy.public import Actor


@transaction.atomic
def create_deal(given: Mapping[str, Any], *, by: Actor, at: datetime | None = None) -> Deal:
    """Create an open deal; only its title is required. It begins in the first stage of the first pipeline.

    `pipeline`, `stage`, `contact`, `company_name`, `value` (minor units, or text with a currency) and `currency` go
    with the fields of the noun. `at` is when it began, now without it. Raises `InvalidInput` naming each wrong field,
    and those that the stage requires (`required_fields`).
    """
    by.require("deals.edit")
    plain, own_values = record_values.split_custom(take_company_name(given, by=by))
    hold_stages()
    stage = values.clean_place(plain, by)
    amount = values.clean_amount(plain)
    links = values.clean_contact(plain, by)
    known = values.fields()
    cleaned = cleaning.clean_values(known.values(), {"title": "", **plain})
    record_values.check_references(known, cleaned, by)
    deal = Deal(created_by_id=by.membership_id, **{known[n].attribute: v for n, v in cleaned.items()}, **links)
    deal.currency = amount.get("currency") or currencies.home()
    deal.value, deal.source = amount.get("value"), deal.source or by.via
    deal.rank, deal.last_activity_at = ranks.top(stage.pk), at or clock.now()
    _derive(deal)
    own = record_values.apply_custom(deal, "deal", own_values, by=by)
    deal.pipeline, deal.stage, deal.stage_entered_at = stage.pipeline, stage, at or clock.now()
    if by.via != "import":
        requirements.check(deal, stage)
    deal.save(force_insert=True)
    own.store(deal)
    _begin(deal, stage, at, by)
    link_primaries(deal)
    seen = values.shown({**cleaned, **links, "value": deal.value, "currency": deal.currency})
    seen |= {n: after for n, (_, after) in own.changes.items()}
    tell("created", deal, by, at=at, values=seen, stage=stage.name, stage_id=str(stage.pk))
    if deal.expected_close:
        note_close_date(deal, None, by=by)
    return deal


def _begin(deal: Deal, stage: Stage, at: datetime | None, by: Actor) -> None:
    staying.enter(deal, stage, by=by, at=at)
    if at is not None:
        deal.created_at = at
        Deal.rows().filter(pk=deal.pk).update(created_at=at)


@transaction.atomic
def update_deal(deal_id: UUID, given: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Deal:
    """Change fields of a deal, not its stage: that is a move. Raises `StaleVersion` when `version` is not current.

    Another `currency` without a `value` keeps the number: 12,500.00 EUR becomes 12,500 JPY, and so do the line items.
    """
    by.require("deals.edit")
    deal = access.lock_deal(by, deal_id)
    record_values.check_version(deal, version)
    known = values.fields()
    plain, own_values = record_values.split_custom(take_company_name(given, by=by))
    amount = _amount(deal, plain)
    links = values.clean_contact(plain, by)
    cleaned = cleaning.clean_values(known.values(), plain)
    record_values.check_references(known, cleaned, by)
    owner, close, currency = deal.owner_id, deal.expected_close, deal.currency
    changes = record_values.assign(deal, known, cleaned) | _assign_plain(deal, amount | links)
    own = record_values.apply_custom(deal, "deal", own_values, by=by)
    changes |= own.changes
    if not changes:
        return deal
    if "value" in changes and "value" in given:
        deal.value_from_items = False
    line_items.carry_prices(deal, currency)
    _derive(deal)
    deal.last_activity_at = clock.now()
    deal.version += 1
    deal.save()
    own.store(deal)
    link_primaries(deal)
    tell("updated", deal, by, fields=record_values.words(known, changes, own), changes=changes)
    _tell_particulars(deal, owner, close, by)
    return deal


def _amount(deal: Deal, plain: dict[str, Any]) -> dict[str, Any]:
    amount = values.clean_amount(plain, currency=deal.currency)
    if "currency" in amount and "value" not in amount and deal.value is not None:
        amount["value"] = values.carried(deal.value, deal.currency, amount["currency"])
    return amount


def _tell_particulars(deal: Deal, owner: UUID | None, close: Any, by: Actor) -> None:
    if deal.expected_close != close:
        note_close_date(deal, close, by=by)
    if deal.owner_id != owner:
        name = deal.owner.user.name if deal.owner else "nobody"
        ids = {"from_id": record_values.as_json(owner), "to_id": record_values.as_json(deal.owner_id)}
        tell("owner_changed", deal, by, to=name, **ids)


def _assign_plain(deal: Deal, given: Mapping[str, Any]) -> dict[str, list[Any]]:
    changes = {}
    for name, value in given.items():
        before = getattr(deal, name)
        if before != value:
            setattr(deal, name, value)
            changes[name.removesuffix("_id")] = [record_values.as_json(before), record_values.as_json(value)]
    return changes


@transaction.atomic
def delete_deals(ids: Sequence[UUID], *, by: Actor) -> int:
    """Put deals into the bin; their history no longer counts until they return. Returns how many went.

    Raises `Forbidden`, as taking them out and purging do, for a pipeline that the actor may only look at.
    """
    by.require("deals.delete")
    found = list(access.deals(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True))
    pks: list[Any] = [deal.pk for deal in found]
    access.refuse_read_only(by, Deal.rows().filter(pk__in=pks))
    Deal.rows().filter(pk__in=pks).update(
        deleted_at=clock.now(), deleted_by_id=by.membership_id, version=F("version") + 1
    )
    shelve_tags(pks)
    staying.set_live(pks, live=False)
    tell_many("deleted", found, by)
    return len(found)


@transaction.atomic
def restore_deals(ids: Sequence[UUID], *, by: Actor) -> int:
    """Take deals out of the bin and return how many came back."""
    by.require("deals.delete")
    hold_stages()
    found = list(access.binned_deals(by).filter(pk__in=ids).select_related("stage", "pipeline").order_by("pk")
                 .select_for_update(of=("self",), no_key=True))  # fmt: skip
    pks: list[Any] = [deal.pk for deal in found]
    access.refuse_read_only(by, Deal.rows().filter(pk__in=pks))
    Deal.rows().filter(pk__in=pks).update(deleted_at=None, deleted_by=None, version=F("version") + 1)
    unshelve_tags(pks)
    staying.set_live(pks, live=True)
    moving.rehouse(found, by=by)
    tell_many("restored", found, by)
    return len(found)


@transaction.atomic
def purge_deals(ids: Sequence[UUID], *, by: Actor) -> int:
    """Delete deals in the bin for good, with their history. Returns how many went."""
    by.require("deals.purge")
    found = list(access.binned_deals(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",)))
    pks = [deal.pk for deal in found]
    access.refuse_read_only(by, Deal.rows().filter(pk__in=pks))
    record_values.forget_custom("deal", found)
    forget_records("deal", pks, by)
    Deal.rows().filter(pk__in=pks).delete()
    record_many([NewEvent("deal.purged", ("deal", pk)) for pk in pks], by=by)
    return len(pks)


def _derive(deal: Deal) -> None:
    deal.sort_key = fold(deal.name)
    deal.base_value = currencies.rates(hold=True).major(deal.value, deal.currency)


class DealVerbs:
    """The verbs as the engines call them."""

    def create(self, values: Mapping[str, Any], *, by: Actor) -> Deal:
        """See `create_deal`."""
        return create_deal(values, by=by)

    def update(self, record_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None) -> Deal:
        """See `update_deal`."""
        return update_deal(record_id, values, by=by, version=version)

    def delete(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `delete_deals`."""
        return delete_deals(record_ids, by=by)

    def restore(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `restore_deals`."""
        return restore_deals(record_ids, by=by)

    def purge(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `purge_deals`."""
        return purge_deals(record_ids, by=by)
