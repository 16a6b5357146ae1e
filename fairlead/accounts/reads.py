"""Queries for pages and API."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from fairlead.accounts import access, grants, seats
from fairlead.accounts.models import ApiKey, Invitation, Membership, Team, TeamMembership
from fairlead.accounts.photos import photo_url
from fairlead.accounts.visibility import rule_of
from fairlead.kernel import clock
from fairlead.tenancy.public import Actor, Firm


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member as lists show them."""

    member: Membership
    role: str
    teams: list[Team]
    photo_url: str
    has_second_factor: bool


def active(actor: Actor) -> QuerySet[Membership]:
    """Return the active members by name."""
    return access.members(actor).filter(deactivated_at=None).order_by("user__first_name", "user__last_name", "id")


def members(
    actor: Actor, firm: Firm, *, is_active: bool = True, query: str = "", is_idle: bool = False
) -> list[MemberLine]:
    """Return members by name, with their teams and whether they have a second factor, in four queries.

    `query` narrows by name or address, `is_idle` to who was not seen for `seats.IDLE_DAYS` days.
    """
    rows = access.members(actor).filter(deactivated_at__isnull=is_active)
    if is_idle:
        rows = seats.idle(rows)
    if query:
        named = Q(user__first_name__icontains=query) | Q(user__last_name__icontains=query)
        rows = rows.filter(named | Q(user__email__icontains=query))
    teams: dict[UUID, list[Team]] = defaultdict(list)
    for place in TeamMembership.rows().select_related("team").order_by("team__name"):
        teams[place.membership_id].append(place.team)
    found = list(rows.select_related("successor__user").order_by("user__first_name", "user__last_name", "id"))
    guarded = set(Authenticator.objects.filter(user__in=[m.user_id for m in found]).values_list("user_id", flat=True))
    return [
        MemberLine(m, grants.role_label(m.role, m.custom_role), teams[m.pk], photo_url(m, firm), m.user_id in guarded)
        for m in found
    ]


def open_invitations(actor: Actor) -> list[tuple[Invitation, str, bool]]:
    """Return the invitations nobody closed: each with its role and whether it has expired."""
    rows = access.invitations(actor).filter(accepted_at=None, revoked_at=None).order_by("email")
    now = clock.now()
    return [(i, grants.role_label(i.role, i.custom_role), i.expires_at <= now) for i in rows]


def team_ids(member: Membership) -> list[str]:
    """Return the ids of the member's teams."""
    return [str(t) for t in TeamMembership.rows().filter(membership=member).values_list("team_id", flat=True)]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in the tree: its depth, its people, who of them leads, and whose records they see, in words."""

    team: Team
    depth: int
    people: list[Membership]
    leads: list[Membership]
    rule: str


def team_tree(actor: Actor) -> list[TeamLine]:
    """Return the teams, each below its department, in two queries."""
    below: dict[UUID | None, list[Team]] = defaultdict(list)
    teams = {t.pk: t for t in access.teams(actor)}
    for team in teams.values():
        below[team.parent_id].append(team)
    people: dict[UUID, list[TeamMembership]] = defaultdict(list)
    for place in TeamMembership.rows().select_related("membership__user").order_by("membership__user__first_name"):
        people[place.team_id].append(place)
    lines: list[TeamLine] = []
    waiting = [(t, 0) for t in reversed(below[None])]
    while waiting:
        team, depth = waiting.pop()
        places = people[team.pk]
        leads = [p.membership for p in places if p.is_lead]
        lines.append(TeamLine(team, depth, [p.membership for p in places], leads, _rule(team, teams)))
        waiting += [(t, depth + 1) for t in reversed(below[team.pk])]
    return lines


def _rule(team: Team, teams: dict[UUID, Team]) -> str:
    rule = rule_of(team, teams)
    words = {"": "As the firm", "everyone": "Everybody's", "team": "Their teams'", "owner": "Their own"}
    return words[rule]


def team_people(team: Team) -> dict[str, list[UUID]]:
    """Return the ids of a team's `members` and of its `leads`."""
    places = list(TeamMembership.rows().filter(team=team).order_by("created_at", "id"))
    return {
        "members": [p.membership_id for p in places],
        "leads": [p.membership_id for p in places if p.is_lead],
    }


def keys(actor: Actor) -> QuerySet[ApiKey]:
    """Return the keys that still work or expired, the newest first."""
    return access.keys(actor).filter(revoked_at=None).order_by("-created_at", "-id")
