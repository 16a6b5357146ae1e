"""The room's background jobs."""

from uuid import UUID

from fairlead.jobs.public import job
from fairlead.oauth.actions.tokens import forget_tokens
from fairlead.tenancy.public import firm_context


@job("oauth.forget_tokens")
def forget(*, firm_id: UUID) -> None:
    """Delete a firm's codes and tokens that are of no use any more."""
    with firm_context(firm_id):
        forget_tokens()
