"""Background entry points of the records room."""

import time
from uuid import UUID

from fairlead.jobs.public import Interrupted, current_run, enqueue, job
from fairlead.records.bulk import running
from fairlead.tenancy.public import firm_context

SLICE, RETRIES = 15.0, 3  # seconds after which others have a turn


@job("records.bulk", queue="bulk", retries=RETRIES)
def run_bulk(*, firm_id: UUID, run_id: UUID) -> None:
    """Work off a bulk run for a while, then queue up again behind other firms' work."""
    started = time.monotonic()
    try:
        while running.advance(firm_id, run_id):
            current_run().checkpoint()
            if time.monotonic() - started > SLICE:
                with firm_context(firm_id):
                    enqueue(run_bulk, firm_id=firm_id, run_id=run_id)
                return
    except Exception as error:
        if _last_attempt(error):
            running.fail(firm_id, run_id, "Something went wrong; what was done so far stays. See the report.")
        raise


def _last_attempt(error: Exception) -> bool:
    return not isinstance(error, Interrupted) and current_run().attempt > RETRIES
