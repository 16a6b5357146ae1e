"""Taking an import of deals back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.people.public import clear_imported, undo_imported_companies
from fairlead.records.imports import by_verbs
from fairlead.records.public import ImportChange, ImportRun
from fairlead.sales.actions import moving, outcomes
from fairlead.sales.actions.deals import delete_deals, update_deal
from fairlead.sales.models import Deal, Outcome
from fairlead.tenancy.public import Actor


def revert_chunk(run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
    """Undo a chunk: its new deals are binned, old values and stages set again; companies it made go if unused."""
    done = by_verbs.revert_chunk(
        run,
        chunk,
        "deal",
        Deal,
        bin_them=delete_deals,
        put_back=lambda deal, before: _put_back(deal, before, by),
        by=by,
    )
    undo_imported_companies(ImportChange.rows().filter(run=run, chunk=chunk).exclude(record_id__in=_busy()), by)
    return done


def _busy() -> QuerySet[Deal, UUID]:
    """Return the companies that deals are about."""
    return Deal.rows().filter(deleted_at=None, company__isnull=False).values_list("company_id", flat=True)


def _put_back(deal: Deal, before: dict[str, Any], by: Actor) -> int:
    """Set values and the stage again; return the version then."""
    stage = UUID(before.pop("stage"))
    if deal.stage_id != stage:
        if deal.outcome == Outcome.OPEN:
            moving.move_deal(deal.pk, stage, by=by)
        else:
            outcomes.reopen_deal(deal.pk, stage_id=stage, by=by)
    if before:
        update_deal(deal.pk, before, by=by)
    return int(Deal.rows().values_list("version", flat=True).get(pk=deal.pk))


def clear_away(run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
    """Remove the tags, lists and companies that the run made and nothing uses any more."""
    return clear_imported(run, by=by, spare=_busy())
