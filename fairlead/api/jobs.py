"""The API's background jobs."""

from uuid import UUID

from fairlead.api.actions.answers import purge_answers
from fairlead.jobs.public import job
from fairlead.tenancy.public import firm_context


@job("api.purge_answers")
def purge(*, firm_id: UUID) -> None:
    """Delete a firm's answers that have expired: their bodies are copies of its data."""
    with firm_context(firm_id):
        purge_answers()
