"""The only functions that hand out members, teams, roles, invitations and keys to a caller."""

from uuid import UUID

from django.db.models import QuerySet

from fairlead.accounts.models import ApiKey, CustomRole, Invitation, Membership, Team
from fairlead.tenancy.public import Actor, one, only


def members(actor: Actor) -> QuerySet[Membership]:
    """Return every membership of the firm, the deactivated ones too, with login and custom role."""
    actor.require("members.view")
    return Membership.rows().select_related("user", "custom_role")


def member(actor: Actor, membership_id: UUID) -> Membership:
    """Return one membership or raise `NotFound`."""
    return one(members(actor), membership_id)


def own(actor: Actor) -> Membership:
    """Return the actor's own membership, which needs no right; raise `NotFound` when it has none."""
    rows = Membership.rows().select_related("user", "custom_role")
    return only(rows.filter(pk__in=[actor.membership_id]))


def teams(actor: Actor) -> QuerySet[Team]:
    """Return the teams and departments."""
    actor.require("members.view")
    return Team.rows().select_related("parent").order_by("name")


def team(actor: Actor, team_id: UUID) -> Team:
    """Return one team or raise `NotFound`."""
    return one(teams(actor), team_id)


def roles(actor: Actor) -> QuerySet[CustomRole]:
    """Return the custom roles."""
    actor.require("members.view")
    return CustomRole.rows().order_by("name")


def role(actor: Actor, role_id: UUID) -> CustomRole:
    """Return one custom role or raise `NotFound`."""
    return one(roles(actor), role_id)


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations, open and closed; only who may invite sees them."""
    actor.require("members.manage")
    return Invitation.rows().select_related("invited_by__user", "custom_role")


def invitation(actor: Actor, invitation_id: UUID) -> Invitation:
    """Return one invitation or raise `NotFound`."""
    return one(invitations(actor), invitation_id)


def keys(actor: Actor) -> QuerySet[ApiKey]:
    """Return the keys the actor may see: everybody's with `keys.manage`, else their own."""
    rows = ApiKey.rows().select_related("membership__user")
    if actor.can("keys.manage"):
        return rows
    actor.require("keys.create")
    return rows.filter(membership__in=[actor.membership_id])


def key(actor: Actor, key_id: UUID) -> ApiKey:
    """Return one key or raise `NotFound`."""
    return one(keys(actor), key_id)
