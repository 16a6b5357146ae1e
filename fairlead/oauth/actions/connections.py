"""A member lets an application act for them, and takes it back."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from oauth2_provider.oauth2_backends import get_oauthlib_core

from fairlead.accounts.public import Membership
from fairlead.events.public import record
from fairlead.kernel.errors import Forbidden
from fairlead.oauth import access
from fairlead.oauth.models import Application, Connection, RefreshToken
from fairlead.shell import seen
from fairlead.tenancy.public import Actor


@transaction.atomic
def connect(
    application: Application, scopes: list[str], credentials: Mapping[str, Any], request: HttpRequest, *,
    refused: Collection[str] = (), by: Actor,
) -> str:  # fmt: skip
    """Let the application act for the actor within `scopes`; return where the browser goes, with the code.

    What was asked for and `refused` it may not do any more, with tokens of an earlier consent either. `credentials` are
    those of the request that the protocol has checked. Raises `Forbidden`.
    """
    by.require("applications.connect")
    if by.kind != "member":
        raise Forbidden("Only a person who is logged in can connect an application.")
    chosen: dict[str, Any] = {"application": application, "membership_id": by.membership_id}
    connection = _agreed(chosen, scopes, refused)
    given = {**credentials, "connection": connection}
    uri, _, _, _ = get_oauthlib_core().create_authorization_response(request, scopes, given, allow=True)
    data = {"name": application.name, "scopes": scopes, "connection": connection.id}
    record("application.connected", by=by, subject=("application", application.id), data=data)
    return str(uri)


def _agreed(chosen: Mapping[str, Any], scopes: list[str], refused: Collection[str]) -> Connection:
    """Return the connection with all that its application may do by now: what living tokens may, too."""
    made, is_new = Connection.objects.get_or_create(**chosen, defaults={"scopes": scopes})
    connection: Connection = seen.locked(made)
    if not is_new:
        lives = RefreshToken.rows().filter(connection=connection, revoked=None).exists()
        before = [name for name in connection.scopes if lives and name not in refused]
        connection.scopes = list(dict.fromkeys([*before, *scopes]))
        connection.save(update_fields=["scopes", "updated_at"])
    return connection


@transaction.atomic
def disconnect(connection_id: UUID, *, by: Actor) -> Connection:
    """Take back that an application acts for the actor: its codes and tokens end at once. Returns what was."""
    connection = access.connection(by, connection_id)
    data = {"name": connection.application.name, "connection": connection.id}
    record("application.disconnected", by=by, subject=("application", connection.application_id), data=data)
    Connection.rows().filter(pk=connection.pk).delete()
    return connection


def end_connections(member: Membership, by: Actor) -> int:
    """End every connection of a member who leaves; part of the action that lets them leave. Returns how many."""
    connections = Connection.rows().filter(membership=member)
    ended = connections.count()
    connections.delete()
    return ended
