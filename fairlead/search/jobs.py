"""Background work: writing all documents of a firm anew."""

from uuid import UUID

from fairlead.jobs.public import enqueue, job
from fairlead.search.indexing import rebuild_chunk
from fairlead.tenancy.public import firm_context


@job("search.rebuild", queue="bulk", retries=5)
def rebuild(*, firm_id: UUID, noun: str, after: UUID | None = None) -> None:
    """Write one chunk of documents and enqueue the next: a killed worker goes on where it was."""
    with firm_context(firm_id):
        last = rebuild_chunk(noun, after)
        if last is not None:
            enqueue(rebuild, firm_id=firm_id, noun=noun, after=last)
