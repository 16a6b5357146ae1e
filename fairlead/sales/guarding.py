"""Which events about deals somebody may read on a timeline or in the feed: of deals they may not see, none."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairlead.sales import access
from fairlead.tenancy.public import Actor


def readable(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the events without those of deals that the actor may not see, and of what was written about them."""
    if not actor.can("deals.view"):
        return rows.exclude(subject_noun="deal")
    hidden = access.hidden_deals(actor)
    if hidden is None:
        return rows
    return rows.exclude(Q(subject_noun="deal") & Q(Exists(hidden.filter(pk=OuterRef("subject_id")))))
