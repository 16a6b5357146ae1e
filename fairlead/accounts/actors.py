"""From a membership or a key to the `Actor` that actions take."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from fairlead.accounts.models import ApiKey, Membership
from fairlead.accounts.visibility import VIEW_ALL, Owners, owners_seen, visible_owners
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
    return _actor(membership, firm, permissions, visible_owners(membership, permissions, firm))


def _actor(membership: Membership, firm: Firm, permissions: frozenset[str], owners: Owners) -> Actor:
    return Actor(
        kind="member",
        firm_id=firm.id,
        label=membership.user.name,
        permissions=permissions,
        membership_id=membership.id,
        user_id=membership.user_id,
        role=membership.role,
        visible_owners=owners,
    )


def actor_for_key(key: ApiKey, firm: Firm) -> Actor:
    """Return the actor of an API key: its member, narrowed to the key's scopes."""
    actor = actor_for(key.membership, firm)
    return narrowed(actor, key.scopes or actor.permissions, firm, kind="key", key_id=key.id, name=key.name)


def narrowed(actor: Actor, scopes: Iterable[str], firm: Firm, *, kind: Kind, key_id: UUID, name: str) -> Actor:
    """Return a member's actor as a program acts for them: within `scopes`, and named after the program too."""
    label = f"{actor.label} ({name})"
    return replace(_within(actor, scopes, firm), kind=kind, key_id=key_id, via="api", label=label)


def _within(actor: Actor, scopes: Iterable[str], firm: Firm) -> Actor:
    """Return a member's actor with no permission beside `scopes`: it sees no more records than these show either."""
    allowed = actor.permissions.intersection(scopes)
    owners = actor.visible_owners
    if actor.membership_id and VIEW_ALL in actor.permissions - allowed:
        owners = owners_seen({actor.membership_id: allowed}, firm)[actor.membership_id]
    return replace(actor, permissions=allowed, visible_owners=owners)


def actor_by_id(membership_id: UUID) -> Actor:
    """Return the actor of the membership, for jobs; a deactivated member keeps no permission.

    Raises `Membership.DoesNotExist`.
    """
    found = actors_by_id([membership_id])
    if not found:
        raise Membership.DoesNotExist
    return found[membership_id]


def program_of(actor: Actor) -> dict[str, Any] | None:
    """Return the program that acts for a member, to keep with what goes on after its request; None for a person."""
    if actor.key_id is None:
        return None
    return {"kind": actor.kind, "id": str(actor.key_id), "label": actor.label, "scopes": sorted(actor.permissions)}


def actor_again(membership_id: UUID, program: Mapping[str, Any] | None) -> Actor:
    """Return who asked for work that goes on: the member as they are now, a program within its scopes of then.

    Raises `Membership.DoesNotExist`.
    """
    actor = actor_by_id(membership_id)
    if program is None:
        return actor
    within = _within(actor, program["scopes"], Firm.objects.get(pk=actor.firm_id))
    return replace(within, kind=program["kind"], key_id=UUID(program["id"]), label=program["label"], via="api")


def actors_by_id(membership_ids: Collection[UUID]) -> dict[UUID, Actor]:
    """Return the actors of the memberships that there are, as `actor_by_id` does: four queries for any number."""
    rows = Membership.rows().select_related("user", "custom_role", "firm").filter(pk__in=membership_ids)
    members = list(rows)
    permissions = {m.id: permissions_of(m) if m.is_active else frozenset[str]() for m in members}
    owners = owners_seen(permissions, members[0].firm) if members else {}
    return {m.id: _actor(m, m.firm, permissions[m.id], owners[m.id]) for m in members}
