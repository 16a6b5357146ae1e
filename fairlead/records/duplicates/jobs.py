"""Background entry points of duplicates, and their reader of the log."""

import time
from collections.abc import Sequence
from uuid import UUID

from fairlead.events.public import Event, consumer
from fairlead.jobs.public import Interrupted, current_run, enqueue, job
from fairlead.records.duplicates import actions, candidates, finding, scanning
from fairlead.tenancy.public import firm_context

TURN, RETRIES = 15.0, 3  # seconds after which others have a turn


@job("records.scan_duplicates", queue="bulk", retries=RETRIES)
def run_scan(*, firm_id: UUID, scan_id: UUID) -> None:
    """Work on a search for a while, then queue up again behind other firms' work."""
    started = time.monotonic()
    try:
        while scanning.advance(firm_id, scan_id):
            current_run().checkpoint()
            if time.monotonic() - started > TURN:
                with firm_context(firm_id):
                    enqueue(run_scan, firm_id=firm_id, scan_id=scan_id)
                return
    except Interrupted:
        raise
    except Exception:  # whatever it was: it is raised again, but a search that nobody works on any more must say so
        if current_run().attempt > RETRIES:
            scanning.fail(firm_id, scan_id, "Something went wrong; what was found so far stays.")
        raise


@job("records.forget_merges")
def forget_merges(*, firm_id: UUID) -> None:
    """Empty what undoing needed of merges that are too old to be undone."""
    with firm_context(firm_id):
        actions.forget_undo()


def listen() -> None:
    """Read what happens to records that may have duplicates; call it once every noun is registered."""
    types = frozenset[str]().union(*(f.touched for f in finding.finders()))

    # From the beginning: what was there before the first worker (a demo firm, a first import) is looked at too.
    @consumer("duplicates", types=types)
    def follow(events: Sequence[Event]) -> None:
        candidates.follow(events)
