"""Snippets: one's own, those of one's teams, and the firm's. Signatures and feeds: only one's own."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.accounts.public import TeamMembership
from fairlead.activities.access.records import NOBODY
from fairlead.activities.models import CalendarFeed, Snippet
from fairlead.kernel.errors import NotFound
from fairlead.tenancy.public import Actor, Lock, one


def snippets(actor: Actor) -> QuerySet[Any]:
    """Return the snippets that the actor may use."""
    actor.require("notes.view")
    teams = TeamMembership.rows().filter(membership_id=actor.membership_id or NOBODY).values("team")
    shared = Q(owner=None, team=None) | Q(team__in=teams)
    mine = Q(owner_id=actor.membership_id) | Q(owner=None, created_by_id=actor.membership_id)
    return Snippet.rows().filter(shared | mine if actor.membership_id else shared)


def snippet(actor: Actor, snippet_id: UUID, *, lock: Lock = False) -> Snippet:
    """Return one snippet; raise `NotFound`."""
    found: Snippet = one(snippets(actor), snippet_id, lock=lock)
    return found


def calendar_feed(actor: Actor) -> CalendarFeed:
    """Return the actor's calendar feed that is in use; raise `NotFound`."""
    actor.require("tasks.view")
    found: CalendarFeed | None = (
        CalendarFeed.rows().filter(member_id=actor.membership_id or NOBODY, revoked_at=None).first()
    )
    if found is None:
        raise NotFound("Your calendar has no address yet.")
    return found
