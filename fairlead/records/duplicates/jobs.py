"""What forgets old merges in the background, and who reads the log for duplicates."""

from uuid import UUID

from fairlead.events.public import consumer
from fairlead.jobs.public import job
from fairlead.records.duplicates import actions, candidates, finding
from fairlead.tenancy.public import firm_context


@job("records.forget_merges")
def forget_merges(*, firm_id: UUID) -> None:
    """Empty what undoing needed of merges that are too old to be undone."""
    with firm_context(firm_id):
        actions.forget_undo()


def listen() -> None:
    """Read what happens to records that may have duplicates; call it once every noun is registered."""
    types = frozenset[str]().union(*(f.touched for f in finding.finders()))

    # From the beginning: what was there before the first worker (a demo firm, a first import) is looked at too.
    consumer("duplicates", types=types)(candidates.follow)
