"""Background entry points: each calls one action. That which mails an invitation stands with invitations."""

from uuid import UUID

from fairlead.accounts.actions import departures
from fairlead.jobs.public import job
from fairlead.tenancy.public import firm_context, system_actor


@job("accounts.end_memberships", retries=3)
def end_memberships(*, firm_id: UUID) -> None:
    """Deactivate who had their last day."""
    with firm_context(firm_id):
        departures.end_memberships(by=system_actor(firm_id, via="job"))
