"""Teams and departments: create, change, delete, and say who is in them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts import access
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.models import Membership, Team, TeamMembership
from fairlead.events.public import record
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.fields import Fields
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor, Visibility

DEEPEST = 5
TAKEN = "There is a team with this name already."


@transaction.atomic
def create_team(values: Mapping[str, Any], *, by: Actor) -> Team:
    """Create a team: `name`, `kind` (team or department), `parent` (the id of a department, or None), `visibility`.

    Only who may change the firm's settings says whose records its members see (None or empty: as around it).
    """
    by.require("teams.manage")
    lock_firm(by)
    team = Team(**_read(values, None, by))
    with unique(TAKEN):
        team.save(force_insert=True)
    record("team.created", by=by, subject=("team", team.id), data=_told(team))
    return team


@transaction.atomic
def update_team(team_id: UUID, values: Mapping[str, Any], *, by: Actor) -> Team:
    """Change a team. Raises `InvalidInput` when it would become its own ancestor."""
    by.require("teams.manage")
    lock_firm(by)  # of two moves at once, each could lead into what the other moves
    team = access.team(by, team_id)
    for name, value in _read(values, team, by).items():
        setattr(team, name, value)
    with unique(TAKEN):
        team.save()
    record("team.updated", by=by, subject=("team", team.id), data=_told(team))
    return team


@transaction.atomic
def delete_team(team_id: UUID, *, by: Actor) -> None:
    """Delete a team; the teams in it move up to its own department."""
    by.require("teams.manage")
    lock_firm(by)
    team = access.team(by, team_id)
    Team.rows().filter(parent=team).update(parent=team.parent)
    record("team.deleted", by=by, subject=("team", team.id), data={"name": team.name})
    team.delete()


@transaction.atomic
def set_team_members(team_id: UUID, *, members: Collection[UUID], leads: Collection[UUID], by: Actor) -> Team:
    """Say who is in a team and which of them lead it. Raises `InvalidInput`."""
    by.require("teams.manage")
    team = access.team(by, team_id)
    wanted = set(members) | set(leads)
    known = set(Membership.rows().filter(pk__in=wanted, deactivated_at=None).values_list("pk", flat=True))
    if wanted - known:
        raise InvalidInput({"members": ["Choose active members of this firm."]})
    TeamMembership.rows().filter(team=team).exclude(membership_id__in=wanted).delete()
    for membership_id in wanted:
        TeamMembership.objects.update_or_create(
            team=team, membership_id=membership_id, defaults={"is_lead": membership_id in set(leads)}
        )
    data = {"name": team.name, "members": [str(m) for m in wanted], "leads": [str(m) for m in leads]}
    record("team.members_changed", by=by, subject=("team", team.id), data=data)
    return team


@transaction.atomic
def set_teams_of(membership_id: UUID, teams: Collection[UUID], *, by: Actor) -> None:
    """Say in which teams a member is; who leads a team they stay in goes on leading it. Raises `InvalidInput`."""
    by.require("teams.manage")
    member = access.member(by, membership_id)
    before = set(TeamMembership.rows().filter(membership=member).values_list("team_id", flat=True))
    known = {t.pk: t for t in access.teams(by).filter(pk__in=set(teams) | before)}
    if set(teams) - known.keys():
        raise InvalidInput({"teams": ["Choose teams of this firm."]})
    TeamMembership.rows().filter(membership=member).exclude(team_id__in=teams).delete()
    for team_id in set(teams) - before:
        TeamMembership.objects.create(team_id=team_id, membership=member)
    for team_id in before.symmetric_difference(teams):
        data = {"name": known[team_id].name, "member": str(member.pk), "joined": team_id not in before}
        record("team.members_changed", by=by, subject=("team", team_id), data=data)


def _told(team: Team) -> dict[str, str]:
    return {"name": team.name, "kind": team.kind, "visibility": team.visibility or "inherited"}


def _read(values: Mapping[str, Any], team: Team | None, by: Actor) -> dict[str, Any]:
    if "visibility" in values:
        values = {**values, "visibility": values["visibility"] or ""}
        if values["visibility"] != (team.visibility if team else ""):
            by.require("firm.manage")
    fields = Fields(values)
    fields.choice("visibility", ["", *Visibility.values])
    fields.text("name", longest=100, required=team is None or "name" in values)
    fields.choice("kind", Team.Kind.values)
    fields.reference("parent")
    _check_name(fields, team)
    _check_kind(fields, team)
    _check_parent(fields, team, by)
    return fields.done()


def _check_name(fields: Fields, team: Team | None) -> None:
    others = Team.rows().exclude(pk=team.pk) if team else Team.rows()
    if others.filter(name=fields.clean.get("name")).exists():
        fields.problem("name", TAKEN)


def _check_kind(fields: Fields, team: Team | None) -> None:
    if team is not None and fields.clean.get("kind") == Team.Kind.TEAM and Team.rows().filter(parent=team).exists():
        fields.problem("kind", "Only a department may hold teams: move those in it elsewhere first.")


def _check_parent(fields: Fields, team: Team | None, by: Actor) -> None:
    parent_id = fields.clean.get("parent")
    if parent_id is None:
        return
    parent = access.teams(by).filter(pk=parent_id, kind=Team.Kind.DEPARTMENT).first()
    if parent is None:
        fields.problem("parent", "Choose a department of this firm.")
        return
    fields.clean["parent"] = parent
    ancestors: list[UUID] = []
    step: Team | None = parent
    while step is not None and len(ancestors) <= DEEPEST:
        ancestors.append(step.pk)
        step = Team.rows().filter(pk=step.parent_id).first() if step.parent_id else None
    if team is not None and team.pk in ancestors:
        fields.problem("parent", "A department cannot be inside itself.")
    elif len(ancestors) + (_height(team) if team else 0) >= DEEPEST:
        fields.problem("parent", f"Departments can be nested {DEEPEST} deep.")


def _height(team: Team) -> int:
    """Return how many levels there are inside a team."""
    height, level = 0, [team.pk]
    while height < DEEPEST and (level := list(Team.rows().filter(parent__in=level).values_list("pk", flat=True))):
        height += 1
    return height
