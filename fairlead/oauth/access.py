"""The only functions that hand out applications and connections to a caller."""

from uuid import UUID

from django.db.models import Count, QuerySet

from fairlead.accounts.public import require_no_scopes
from fairlead.oauth.models import Application, Connection
from fairlead.tenancy.public import Actor, one


def applications(actor: Actor) -> QuerySet[Application]:
    """Return the firm's applications, each with how many members are connected (`members`), the newest first."""
    actor.require("applications.manage")
    return Application.rows().annotate(members=Count("connections")).order_by("-created_at", "-id")


def application(actor: Actor, application_id: UUID) -> Application:
    """Return one application or raise `NotFound`."""
    return one(applications(actor), application_id)


def connections(actor: Actor) -> QuerySet[Connection]:
    """Return what the actor's member has connected, newest first: one's own, which needs no right and has no scope."""
    require_no_scopes("sees and ends your connections", by=actor)
    mine = Connection.rows().filter(membership__in=[actor.membership_id])
    return mine.select_related("application").order_by("-created_at", "-id")


def connection(actor: Actor, connection_id: UUID) -> Connection:
    """Return one of the actor's connections or raise `NotFound`."""
    return one(connections(actor), connection_id)
