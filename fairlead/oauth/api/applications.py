"""Applications, and what the caller has connected."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.public import rotation
from fairlead.oauth import access
from fairlead.oauth.actions import applications, connections
from fairlead.oauth.api import shapes
from fairlead.oauth.models import Application, Connection
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.resource import Resource

SORTS = {"created_at": "created_at"}


class Applications(Resource):
    """Programs that may ask members to act for them (OAuth 2)."""

    tag = "Applications"

    @endpoint(shapes.ApplicationOutput, paged=True, sorts=SORTS, default_sort="-created_at")
    def list(self) -> QuerySet[Application]:
        """List applications."""
        return access.applications(self.actor)

    @endpoint(shapes.ApplicationOutput)
    def retrieve(self, pk: UUID) -> Application:
        """Get an application."""
        return access.application(self.actor, pk)

    @endpoint(shapes.NewApplicationOutput, body=shapes.NewApplicationInput, status=201)
    def create(self, body: dict[str, Any]) -> Application:
        """Register an application.

        Its secret is in this answer and nowhere else.
        """
        return _with_secret(applications.register_application(body, by=self.actor))

    @endpoint(shapes.ApplicationOutput, body=shapes.ApplicationInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Application:
        """Change an application."""
        return applications.update_application(pk, body, by=self.actor)

    @verb("rotation", shapes.NewApplicationOutput, params=(rotation.PARAM,))
    def rotate(self, pk: UUID) -> Application:
        """Give an application a new secret.

        The old one works for `grace_hours` more; without them it stops at once.
        """
        grace = rotation.given(self.query, "grace_hours")
        return _with_secret(applications.rotate_secret(pk, by=self.actor, grace=grace))

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete an application; its tokens end at once."""
        applications.delete_application(pk, by=self.actor)


class Connections(Resource):
    """The applications that may act for the caller."""

    tag = "Applications"

    @endpoint(shapes.ConnectionOutput, paged=True, sorts=SORTS, default_sort="-created_at")
    def list(self) -> QuerySet[Connection]:
        """List what one has connected."""
        return access.connections(self.actor)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Disconnect an application; its tokens end at once."""
        connections.disconnect(pk, by=self.actor)


def _with_secret(made: tuple[Application, str]) -> Application:
    application, secret = made
    application.shown_secret = secret
    return application
