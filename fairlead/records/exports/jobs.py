"""Exports in the background."""

from uuid import UUID

from fairlead.accounts.public import actor_by_id
from fairlead.jobs.public import job
from fairlead.records.actions.exports import purge_exports, write_export
from fairlead.records.models import ExportRun
from fairlead.tenancy.public import firm_context


@job("records.export", queue="bulk", retries=3)
def run_export(*, firm_id: UUID, run_id: UUID) -> None:
    """Write one export; a killed worker writes it anew."""
    with firm_context(firm_id):
        run = ExportRun.rows().filter(pk=run_id).first()
        by = actor_by_id(run.membership_id) if run else None
    if run is not None and by is not None and run.state in (ExportRun.State.QUEUED, ExportRun.State.RUNNING):
        write_export(run, by=by)


@job("records.purge_exports", queue="bulk", retries=3)
def purge(*, firm_id: UUID) -> None:
    """Delete a firm's expired files."""
    with firm_context(firm_id):
        purge_exports()
