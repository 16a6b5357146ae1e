"""Background entry points: each calls one action. That which mails an invitation stands with invitations."""

from functools import partial
from uuid import UUID

from fairlead.accounts.actions import departures
from fairlead.accounts.actions.profile import PHOTOS
from fairlead.accounts.models import User
from fairlead.jobs.public import current_run, job
from fairlead.kernel import strays
from fairlead.tenancy.public import firm_context, system_actor


@job("accounts.end_memberships", retries=3)
def end_memberships(*, firm_id: UUID) -> None:
    """Deactivate who had their last day."""
    with firm_context(firm_id):
        departures.end_memberships(by=system_actor(firm_id, via="job"))


@job("accounts.sweep_photos", platform=True)
def sweep_photos() -> None:
    """Delete photos that no log-in shows any more, or ever did."""
    for pk, photo in User.objects.values_list("pk", "photo").iterator():
        current_run().checkpoint()
        strays.remove(f"{PHOTOS}/{pk}", partial(_photo, photo))


def _photo(photo: str) -> list[str]:
    return [photo] if photo else []
