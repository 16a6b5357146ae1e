"""Whose records a member may see: the firm's rule, and what departments and teams say instead."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from fairlead.accounts.models import Membership, Team, TeamMembership
from fairlead.tenancy.public import Firm, Visibility


def visible_owners(membership: Membership, permissions: frozenset[str], firm: Firm) -> frozenset[UUID] | None:
    """Return whose records the member may see: None for everybody's, else a set that always holds their own.

    A team's own rule comes first, then that of the nearest department around it that has one, then the firm's. Who is
    in several teams sees what any of them allows; who is in none follows the firm. At most three queries.
    """
    if "records.view_all" in permissions:
        return None
    mine = set(TeamMembership.rows().filter(membership=membership).values_list("team_id", flat=True))
    if not mine:
        return None if firm.visibility == Visibility.EVERYONE else frozenset({membership.id})
    teams = {t.id: t for t in Team.rows().only("id", "parent_id", "visibility")}
    rules = {team_id: rule_of(teams[team_id], teams) or firm.visibility for team_id in mine}
    if Visibility.EVERYONE in rules.values():
        return None
    shared = [team_id for team_id, rule in rules.items() if rule == Visibility.TEAM]
    return frozenset({membership.id, *_people_within(shared, teams)})


def rule_of(team: Team, teams: dict[UUID, Team]) -> str:
    """Return the rule that a team has from itself or from the nearest of `teams` around it; empty: the firm's."""
    step: Team | None = team
    while step is not None:
        if step.visibility:
            return step.visibility
        step = teams.get(step.parent_id) if step.parent_id else None
    return ""


def _people_within(shared: Iterable[UUID], teams: dict[UUID, Team]) -> Iterable[UUID]:
    """Return the members of the teams and, where one is a department, of everything in it."""
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for team in teams.values():
        below[team.parent_id].append(team.id)
    within, waiting = set[UUID](), list(shared)
    while waiting:
        team_id = waiting.pop()
        if team_id not in within:
            within.add(team_id)
            waiting += below[team_id]
    return TeamMembership.rows().filter(team__in=within).values_list("membership_id", flat=True) if within else ()
