"""From a membership or a key to the `Actor` that actions take."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from fairlead.accounts.models import ApiKey, Membership
from fairlead.accounts.visibility import visible_owners
from fairlead.tenancy.public import Actor, Firm, Kind, Role, declared, of_role


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
    return narrowed(actor, key.scopes or actor.permissions, kind="key", key_id=key.id, name=key.name)


def narrowed(actor: Actor, scopes: Iterable[str], *, kind: Kind, key_id: UUID, name: str) -> Actor:
    """Return a member's actor as a program acts for them: within `scopes`, and named after the program too."""
    allowed, label = actor.permissions.intersection(scopes), f"{actor.label} ({name})"
    return replace(actor, kind=kind, key_id=key_id, permissions=allowed, via="api", label=label)


def actor_by_id(membership_id: UUID) -> Actor:
    """Return the actor of the membership, for jobs; a deactivated member keeps no permission.

    Raises `Membership.DoesNotExist`.
    """
    membership = Membership.rows().select_related("user", "custom_role", "firm").get(pk=membership_id)
    actor = actor_for(membership, membership.firm)
    return actor if membership.is_active else replace(actor, permissions=frozenset())
