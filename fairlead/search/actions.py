"""The verbs of search."""

from uuid import UUID

from fairlead.jobs.public import enqueue
from fairlead.search import indexing, sources
from fairlead.tenancy.public import Actor

CHUNK = 2000


def rebuild(*, by: Actor) -> None:
    """Write every document of the firm anew, in the background. Needs `search.rebuild`."""
    by.require("search.rebuild")
    from fairlead.search.jobs import rebuild as rebuild_job

    for source in sources.registered():
        enqueue(rebuild_job, firm_id=by.firm_id, noun=source.noun)


def rebuild_chunk(noun: str, after: UUID | None) -> UUID | None:
    """Write the documents of the next records after `after`; return the last id, or None at the end."""
    source = sources.get(noun)
    ids = source.page(after, CHUNK)
    if ids:
        indexing.refresh(source, ids)
    return ids[-1] if len(ids) == CHUNK else None
