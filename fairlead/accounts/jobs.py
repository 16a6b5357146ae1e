"""Background entry points: each calls one action."""

from uuid import UUID

from fairlead.accounts.actions import departures
from fairlead.jobs.public import job
from fairlead.tenancy.public import firm_context, system_actor


@job("accounts.end_memberships", retries=3)
def end_memberships(*, firm_id: UUID) -> None:
    """Deactivate who had their last day."""
    with firm_context(firm_id):
        departures.end_memberships(by=system_actor(firm_id, via="job"))


@job("accounts.send_invitation", retries=5)
def send_invitation(*, firm_id: UUID, invitation_id: UUID) -> None:
    """Mail an invitation."""
    from fairlead.accounts.actions.invitations import mail_invitation

    with firm_context(firm_id):
        mail_invitation(invitation_id)
