"""Notices are handed out to the member whom they tell something, and to nobody else."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.public import require_no_scopes
from fairlead.notifications.models import Notice
from fairlead.tenancy.public import Actor, one


def notices(actor: Actor) -> QuerySet[Any]:
    """Return the actor's own notices: they tell of whatever the member may see, so no scope holds them."""
    require_no_scopes("reads your notices", by=actor)
    return Notice.rows().filter(member_id=actor.membership_id or UUID(int=0), shown=True)


def notice(actor: Actor, notice_id: UUID) -> Notice:
    """Return one of the actor's notices; raise `NotFound`."""
    found: Notice = one(notices(actor), notice_id)
    return found
