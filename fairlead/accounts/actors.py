"""From a membership or a key to the `Actor` that actions take."""

from dataclasses import replace
from uuid import UUID

from fairlead.accounts.models import ApiKey, Membership
from fairlead.accounts.visibility import visible_owners
from fairlead.tenancy.public import Actor, Firm, Role, declared, of_role


def permissions_of(membership: Membership) -> frozenset[str]:
    """Return the names a member holds: the custom role's when there is one, else the built-in role's."""
    if membership.custom_role is None:
        return of_role(Role.from_key(membership.role))
    known = {p.name for p in declared()}
    return frozenset(known.intersection(membership.custom_role.permissions))


def actor_for(membership: Membership, firm: Firm) -> Actor:
    """Return the actor of an active member."""
    permissions = permissions_of(membership)
    return Actor(
        kind="member",
        firm_id=firm.id,
        label=membership.user.name,
        permissions=permissions,
        membership_id=membership.id,
        user_id=membership.user_id,
        role=membership.role,
        visible_owners=visible_owners(membership, permissions, firm),
    )


def actor_for_key(key: ApiKey, firm: Firm) -> Actor:
    """Return the actor of an API key: its member, narrowed to the key's scopes."""
    actor = actor_for(key.membership, firm)
    allowed = actor.permissions.intersection(key.scopes) if key.scopes else actor.permissions
    return replace(
        actor, kind="key", key_id=key.id, permissions=allowed, via="api", label=f"{actor.label} ({key.name})"
    )


def actor_by_id(membership_id: UUID) -> Actor:
    """Return the actor of the membership, for jobs; a deactivated member keeps no permission.

    Raises `Membership.DoesNotExist`.
    """
    membership = Membership.rows().select_related("user", "custom_role", "firm").get(pk=membership_id)
    actor = actor_for(membership, membership.firm)
    return actor if membership.is_active else replace(actor, permissions=frozenset())
