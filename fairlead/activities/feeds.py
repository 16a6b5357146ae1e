"""What happened lately, over all records: of the firm, a team, a member."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairlead.accounts.public import TeamMembership
from fairlead.events.public import Event, registered
from fairlead.people.public import access as people
from fairlead.people.public import timeline
from fairlead.tenancy.public import Actor


def feed(actor: Actor, kind: str = "", member: UUID | None = None, team: UUID | None = None) -> QuerySet[Any]:
    """Return the events about people, companies and tasks that the actor may see: of a kind, by a member or a team.

    Security events are the audit's and never part of it.
    """
    actor.require("contacts.view")
    open_types = [t.name for t in registered() if not t.sensitive and t.kind not in ("system", "security")]
    if kind:
        open_types = [t.name for t in registered() if t.kind == kind and t.name in set(open_types)]
    rows: QuerySet[Any] = Event.rows().filter(type__in=open_types).exclude(contact_id=None, company_id=None)
    if actor.visible_owners is not None:
        seen = Q(contact_id__in=people.contacts(actor).values("pk"))
        if actor.can("companies.view"):
            seen |= Q(contact_id=None, company_id__in=people.companies(actor).values("pk"))
        rows = rows.filter(seen | Q(actor_id=actor.membership_id))
    if member is not None:
        rows = rows.filter(actor_id=member)
    if team is not None:
        rows = rows.filter(actor_id__in=TeamMembership.rows().filter(team_id=team).values("membership"))
    return timeline.guarded(actor, rows)
