"""Whose records a member may see: the firm's rule, and what departments and teams say instead."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from fairlead.accounts.models import Membership, Team, TeamMembership
from fairlead.tenancy.public import Firm, Visibility

Owners = frozenset[UUID] | None
VIEW_ALL = "records.view_all"


def visible_owners(membership: Membership, permissions: frozenset[str], firm: Firm) -> Owners:
    """Return whose records the member may see, as `owners_seen` does for many."""
    return owners_seen({membership.id: permissions}, firm)[membership.id]


def owners_seen(members: Mapping[UUID, frozenset[str]], firm: Firm) -> dict[UUID, Owners]:
    """Return whose records each of the members, given with their permissions, may see.

    That is None for everybody's, else a set that always holds their own. A team's own rule comes first, then that of
    the nearest department around it that has one, then the firm's. Who is in several teams sees what any of them
    allows; who is in none follows the firm. At most three queries, however many members.
    """
    found: dict[UUID, Owners] = dict.fromkeys(members)
    narrow = [pk for pk, permissions in members.items() if VIEW_ALL not in permissions]
    mine = _teams_of(narrow)
    teams = {t.id: t for t in Team.rows().only("id", "parent_id", "visibility")} if mine else {}
    shared: dict[UUID, set[UUID]] = {}
    for member in narrow:
        rules = {pk: rule_of(teams[pk], teams) or firm.visibility for pk in mine.get(member, ())}
        if Visibility.EVERYONE in (rules.values() or {firm.visibility}):
            continue
        shared[member] = _within((pk for pk, rule in rules.items() if rule == Visibility.TEAM), teams)
    people = _people_in(set[UUID]().union(*shared.values()))
    for member, within in shared.items():
        found[member] = frozenset({member}.union(*(people.get(pk, ()) for pk in within)))
    return found


def rule_of(team: Team, teams: dict[UUID, Team]) -> str:
    """Return the rule that a team has from itself or from the nearest of `teams` around it; empty: the firm's."""
    step: Team | None = team
    while step is not None:
        if step.visibility:
            return step.visibility
        step = teams.get(step.parent_id) if step.parent_id else None
    return ""


def _within(shared: Iterable[UUID], teams: Mapping[UUID, Team]) -> set[UUID]:
    """Return the teams and, where one is a department, everything in it."""
    below: dict[UUID | None, list[UUID]] = defaultdict(list)
    for team in teams.values():
        below[team.parent_id].append(team.id)
    within, waiting = set[UUID](), list(shared)
    while waiting:
        team_id = waiting.pop()
        if team_id not in within:
            within.add(team_id)
            waiting += below[team_id]
    return within


def _teams_of(members: Collection[UUID]) -> dict[UUID, set[UUID]]:
    return _grouped("membership_id", "team_id", membership__in=members) if members else {}


def _people_in(teams: Collection[UUID]) -> dict[UUID, set[UUID]]:
    return _grouped("team_id", "membership_id", team__in=teams) if teams else {}


def _grouped(by: str, what: str, **condition: Collection[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key, value in TeamMembership.rows().filter(**condition).values_list(by, what):
        found[key].add(value)
    return found
