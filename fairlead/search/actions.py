"""The verbs of search."""

from fairlead.jobs.public import enqueue
from fairlead.search import jobs, sources
from fairlead.tenancy.public import Actor


def rebuild(*, by: Actor) -> None:
    """Write every document of the firm anew, in the background. Needs `search.rebuild`."""
    by.require("search.rebuild")
    for source in sources.registered():
        enqueue(jobs.rebuild, firm_id=by.firm_id, noun=source.noun)
