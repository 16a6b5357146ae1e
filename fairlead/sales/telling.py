"""Events about deals: on the deal's own timeline, and on those of its contact and its company."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fairlead.events.public import NewEvent, record, record_many
from fairlead.sales.models import Deal
from fairlead.tenancy.public import Actor


def tell(verb: str, deal: Deal, by: Actor, *, at: datetime | None = None, **data: Any) -> UUID:
    """Write what happened to a deal, and when: now without `at`."""
    return record(
        f"deal.{verb}", by=by, subject=("deal", deal.pk), contact_id=deal.contact_id, company_id=deal.company_id,
        data={"title": deal.name, "pipeline_id": str(deal.pipeline_id), **data}, occurred_at=at,
    )  # fmt: skip


def event(verb: str, deal: Deal, **data: Any) -> NewEvent:
    """Return the event of what happened to a deal, to be written with others."""
    told = {"title": deal.name, "pipeline_id": str(deal.pipeline_id), **data}
    return NewEvent(f"deal.{verb}", ("deal", deal.pk), deal.contact_id, deal.company_id, told)


def tell_many(verb: str, deals: list[Deal], by: Actor, data: Mapping[str, Any] | None = None) -> None:
    """Write the same about many deals in one statement."""
    made = [
        NewEvent(f"deal.{verb}", ("deal", d.pk), d.contact_id, d.company_id, {"title": d.name, **(data or {})})
        for d in deals
    ]
    record_many(made, by=by)


def tell_settings(event: str, row: Any, by: Actor, **data: Any) -> None:
    """Write what happened to a pipeline, a stage, a product, a rate, a reason or a rule."""
    noun = event.partition(".")[0]
    record(event, by=by, subject=(noun, row.pk), data={"name": str(row), **data})
