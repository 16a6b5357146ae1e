"""Where a member's photo is shown from: an address inside the firm, so that only colleagues see it."""

from django.urls import reverse

from fairlead.accounts.models import Membership
from fairlead.tenancy.public import Firm


def photo_url(member: Membership, firm: Firm) -> str:
    """Return the address of the member's photo, "" without one. `member.user` should be loaded."""
    path = member.user.photo_path
    if not path:
        return ""
    # The stored name changes with every photo, so browsers may keep it.
    version = path.rpartition("/")[2][:8]
    return f"{reverse('accounts:photo', kwargs={'firm': firm.slug, 'member_id': member.id})}?v={version}"
