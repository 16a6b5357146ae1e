"""What passes on when a member leaves: the places in rules and territories, so that no rule is left without people."""

from uuid import UUID

from django.db import transaction

from fairlead.assignment.models import RuleTaker, TerritoryTaker
from fairlead.tenancy.public import Actor


@transaction.atomic
def hand_over_places(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Put `successor` where the leaver stood, once; returns how many places passed on."""
    count = 0
    for model, column in ((RuleTaker, "rule_id"), (TerritoryTaker, "territory_id")):
        theirs = model.rows().filter(member=leaver)
        has = set(model.rows().filter(member=successor).values_list(column, flat=True))
        count += theirs.exclude(**{f"{column}__in": has}).update(member=successor)
        theirs.filter(**{f"{column}__in": has}).delete()
    return count
