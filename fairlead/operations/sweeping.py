"""Sweeping up stored files that nothing names (`kernel.strays`)."""

from uuid import UUID

import structlog

from fairlead.jobs.public import current_run, job
from fairlead.kernel import strays, uploads
from fairlead.tenancy.public import firm_context

log = structlog.get_logger("fairlead.operations")


@job("operations.sweep_files", queue="bulk")
def sweep_files(*, firm_id: UUID) -> None:
    """Delete stored files that nothing in the firm names."""
    for kind, named in strays.kinds().items():
        current_run().checkpoint()
        with firm_context(firm_id):
            if count := strays.remove(uploads.folder_of(firm_id, kind), named):
                log.info("stray files deleted", kind=kind, count=count)
