"""Teams, departments and custom roles."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts import access, reads
from fairlead.accounts.actions import roles, teams
from fairlead.accounts.api import shapes
from fairlead.accounts.models import CustomRole, Team
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.resource import Resource


class Teams(Resource):
    """Teams and departments."""

    tag = "Teams"

    @endpoint(shapes.TeamOutput, paged=True, sorts={"name": "name", "created_at": "created_at"}, default_sort="name")
    def list(self) -> QuerySet[Team]:
        """List teams."""
        return access.teams(self.actor)

    @endpoint(shapes.TeamOutput)
    def retrieve(self, pk: UUID) -> Team:
        """Get a team."""
        return access.team(self.actor, pk)

    @endpoint(shapes.TeamOutput, body=shapes.TeamInput, status=201)
    def create(self, body: dict[str, Any]) -> Team:
        """Create a team."""
        return teams.create_team(body, by=self.actor)

    @endpoint(shapes.TeamOutput, body=shapes.TeamInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Team:
        """Change a team."""
        return teams.update_team(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a team.

        The teams in it move up to its own department.
        """
        teams.delete_team(pk, by=self.actor)

    @verb("members", shapes.TeamPeople, method="get")
    def people(self, pk: UUID) -> dict[str, Any]:
        """Get who is in a team."""
        return reads.team_people(access.team(self.actor, pk))

    @verb("members", shapes.TeamPeople, method="put", body=shapes.TeamPeopleInput)
    def set_people(self, pk: UUID, body: dict[str, Any]) -> dict[str, Any]:
        """Say who is in a team and who of them leads it."""
        found = teams.set_team_members(pk, members=body["members"], leads=body.get("leads", []), by=self.actor)
        return reads.team_people(found)


class Roles(Resource):
    """The firm's own roles."""

    tag = "Roles"

    @endpoint(shapes.RoleOutput, paged=True, sorts={"name": "name", "created_at": "created_at"}, default_sort="name")
    def list(self) -> QuerySet[CustomRole]:
        """List custom roles."""
        return access.roles(self.actor)

    @endpoint(shapes.RoleOutput)
    def retrieve(self, pk: UUID) -> CustomRole:
        """Get a custom role."""
        return access.role(self.actor, pk)

    @endpoint(shapes.RoleOutput, body=shapes.RoleInput, status=201)
    def create(self, body: dict[str, Any]) -> CustomRole:
        """Create a custom role."""
        return roles.create_role(body, by=self.actor)

    @endpoint(shapes.RoleOutput, body=shapes.RoleInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> CustomRole:
        """Change a custom role, at once for everybody who has it."""
        return roles.update_role(pk, body, by=self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a custom role that nobody has."""
        roles.delete_role(pk, by=self.actor)
