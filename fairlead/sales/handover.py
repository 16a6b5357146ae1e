"""What passes on when a member leaves: the open deals that the member owned, those in the bin too."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.accounts.public import Membership
from fairlead.kernel import clock
from fairlead.sales.models import Deal, Outcome
from fairlead.sales.telling import tell_many
from fairlead.tenancy.public import Actor

CHUNK = 5_000


@transaction.atomic
def hand_over_deals(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Make `successor` the owner of the leaver's open deals; closed ones stay the leaver's achievement."""
    name = Membership.rows().select_related("user").get(pk=successor).user.name
    data, count = {"to": name, "from_id": str(leaver), "to_id": str(successor)}, 0
    rows = (
        Deal.rows()
        .filter(owner_id=leaver, outcome=Outcome.OPEN)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )
    after = UUID(int=0)
    while deals := list(rows.filter(pk__gt=after)[:CHUNK]):
        after = deals[-1].pk
        Deal.rows().filter(pk__in=[d.pk for d in deals]).update(
            owner_id=successor, version=F("version") + 1, updated_at=clock.now()
        )
        tell_many("owner_changed", deals, by, data)
        count += sum(deal.deleted_at is None for deal in deals)
    return count
