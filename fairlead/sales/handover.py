"""What passes on when a member leaves: the open deals that the member owned, those in the bin too.

Closed ones stay the leaver's achievement.
"""

from collections.abc import Mapping, Sequence

from fairlead.accounts.public import handover
from fairlead.sales.models import Deal, Outcome
from fairlead.sales.telling import tell_many
from fairlead.tenancy.public import Actor


def _tell(deals: Sequence[Deal], by: Actor, data: Mapping[str, str]) -> None:
    tell_many("owner_changed", list(deals), by, data)


OPEN_DEALS = handover.Owned(lambda: Deal.rows().filter(outcome=Outcome.OPEN), _tell)
