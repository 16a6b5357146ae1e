"""Who stands in a rule or a territory, and with which share."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.assignment.models import RuleTaker, TerritoryTaker
from fairlead.assignment.models.rule import MOST_SHARE
from fairlead.kernel.errors import InvalidInput

FIELD, MOST = "members", 200
Shares = dict[UUID, int]


def clean_takers(raw: Any) -> Shares:
    """Return shares by member: `raw` is a list of ids, or of {"member": id, "share": 1 to 10}; raise `InvalidInput`."""
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) > MOST:
        raise InvalidInput({FIELD: [f"A list of at most {MOST} people is expected."]})
    found: Shares = {}
    for one in raw:
        given = one if isinstance(one, Mapping) else {"member": one}
        try:
            member, share = UUID(str(given.get("member"))), int(given.get("share") or 1)
        except (TypeError, ValueError):
            raise InvalidInput({FIELD: ["The id of a member and a share of 1 to 10 are expected."]}) from None
        if not 1 <= share <= MOST_SHARE:
            raise InvalidInput({FIELD: [f"A share is a whole number from 1 to {MOST_SHARE}."]})
        found[member] = share
    known = Membership.rows().filter(pk__in=found, deactivated_at=None).values_list("pk", flat=True)
    if set(found) - set(known):
        raise InvalidInput({FIELD: ["Nobody active in this firm has this id."]})
    return found


def set_takers(model: type[RuleTaker] | type[TerritoryTaker], column: str, place: UUID, shares: Shares) -> None:
    """Have exactly these people stand there; `column` names where, as `rule_id`."""
    rows = model.rows().filter(**{column: place})
    rows.exclude(member__in=list(shares)).delete()
    here = dict(rows.values_list("member_id", "share"))
    for member, share in shares.items():
        if member not in here:
            model.objects.create(**{column: place}, member_id=member, share=share)
        elif here[member] != share:
            rows.filter(member=member).update(share=share)
