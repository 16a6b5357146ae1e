"""Taking an import of deals back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fairlead.people.public import clear_imported, undo_imported_companies
from fairlead.records.public import ImportChange, ImportRun
from fairlead.sales.actions import moving, outcomes
from fairlead.sales.actions.deals import delete_deals, update_deal
from fairlead.sales.models import Deal, Outcome
from fairlead.tenancy.public import Actor


def revert_chunk(run: ImportRun, chunk: int, *, by: Actor) -> tuple[int, list[dict[str, str]]]:
    """Undo a chunk: bin new deals, set old values and stages again, where the version is still the import's."""
    kept: list[dict[str, str]] = []
    reverted = 0
    rows = ImportChange.rows().filter(run=run, chunk=chunk)
    for change in rows.filter(noun="deal"):
        deal = Deal.rows().filter(pk=change.record_id).first()
        if deal is None or deal.deleted_at is not None or deal.version != change.version:
            kept.append({"id": str(change.record_id), "name": str(deal or ""), "why": "changed since"})
            continue
        if change.is_new:
            delete_deals([deal.pk], by=by)
        else:
            version = _put_back(deal, change.before, by)
            earlier = ImportChange.rows().filter(run=run, record_id=deal.pk, chunk__lt=chunk)
            earlier.update(version=version)
        reverted += 1
    busy = Deal.rows().filter(deleted_at=None, company__isnull=False).values("company_id")
    undo_imported_companies(rows.exclude(record_id__in=busy), by)
    return reverted, kept


def _put_back(deal: Deal, before: Mapping[str, Any], by: Actor) -> int:
    """Set values and the stage again; return the version then."""
    values = {name: value for name, value in before.items() if name != "stage"}
    if "custom" in values:
        values["custom"] = {k: values["custom"].get(k) for k in {*deal.custom, *values["custom"]}}
    stage = UUID(before["stage"])
    if deal.stage_id != stage:
        if deal.outcome == Outcome.OPEN:
            moving.move_deal(deal.pk, stage, by=by)
        else:
            outcomes.reopen_deal(deal.pk, stage_id=stage, by=by)
    if values:
        update_deal(deal.pk, values, by=by)
    return int(Deal.rows().values_list("version", flat=True).get(pk=deal.pk))


def clear_away(run: ImportRun, *, by: Actor) -> Mapping[str, Sequence[str]]:
    """Remove the tags and lists that the run made and nothing uses any more."""
    return clear_imported(run, by=by)
