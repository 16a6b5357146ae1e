"""Background entry points of the records room."""

from uuid import UUID

from fairlead.jobs.public import Unfinished, job, take_turns, when_unfinished
from fairlead.records.bulk import running
from fairlead.tenancy.public import require_firm


@job("records.bulk", queue="bulk")
def run_bulk(*, firm_id: UUID, run_id: UUID) -> None:
    """Work off a bulk run for a while, then queue up again behind other firms' work."""
    take_turns(run_bulk, lambda: running.advance(firm_id, run_id), firm_id=firm_id, run_id=run_id)


@when_unfinished(run_bulk)
def end(how: Unfinished, *, run_id: UUID) -> None:
    """End the run of a job that was cancelled or given up, its undoing too."""
    if how.by is not None:
        running.cancel(run_id, by=how.by, states=running.ACTIVE)
    else:
        running.fail(require_firm(), run_id, "Something went wrong; what was done so far stays. See the report.")
