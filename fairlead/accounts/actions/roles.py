"""Custom roles: sets of declared permissions."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts import access, grants
from fairlead.accounts.models import CustomRole, Invitation, Membership
from fairlead.events.public import record
from fairlead.kernel.errors import Conflict
from fairlead.kernel.fields import Fields
from fairlead.kernel.text import counted
from fairlead.kernel.unique import unique
from fairlead.shell import seen
from fairlead.tenancy.public import Actor, Role, UnknownPermission, checked

TAKEN = "There is a role with this name already."


@transaction.atomic
def create_role(values: Mapping[str, Any], *, by: Actor) -> CustomRole:
    """Create a role: `name`, `description`, `permissions` (at least one).

    Raises `InvalidInput`, also for a name that nobody declared, and `Forbidden` for one the actor lacks.
    """
    by.require("roles.manage")
    role = CustomRole(**_read(values, None, by))
    with unique(TAKEN):
        role.save(force_insert=True)
    data = {"name": role.name, "permissions": role.permissions}
    record("role.created", by=by, subject=("role", role.id), data=data)
    return role


@transaction.atomic
def update_role(role_id: UUID, values: Mapping[str, Any], *, by: Actor) -> CustomRole:
    """Change a role, at once for everybody who has it. Raises as `create_role` does."""
    by.require("roles.manage")
    role: CustomRole = seen.locked(access.role(by, role_id))
    grants.require_can_grant(role.permissions, by=by)
    before = list(role.permissions)
    for name, value in _read(values, role, by).items():
        setattr(role, name, value)
    with unique(TAKEN):
        role.save()
    data = {"name": role.name, "changes": {"permissions": [before, role.permissions]}}
    record("role.updated", by=by, subject=("role", role.id), data=data)
    return role


@transaction.atomic
def delete_role(role_id: UUID, *, by: Actor) -> None:
    """Delete a role that nobody has. Raises `Conflict`."""
    by.require("roles.manage")
    role = access.role(by, role_id)
    holders = Membership.rows().filter(custom_role=role).count()
    if holders:
        raise Conflict(f"{role.name} cannot be deleted: it is the role of {counted(holders, 'member')}.", code="in_use")
    if Invitation.rows().filter(custom_role=role, accepted_at=None, revoked_at=None).exists():
        raise Conflict(f"{role.name} cannot be deleted: an open invitation names it.", code="in_use")
    record("role.deleted", by=by, subject=("role", role.id), data={"name": role.name})
    role.delete()


def _read(values: Mapping[str, Any], role: CustomRole | None, by: Actor) -> dict[str, Any]:
    fields = Fields(values)
    fields.text("name", longest=80, required=role is None or "name" in values)
    fields.text("description", longest=300)
    fields.words("permissions")
    named = fields.clean.get("name", "")
    others = CustomRole.rows().exclude(pk=role.pk) if role else CustomRole.rows()
    if others.filter(name__iexact=named).exists() or named.casefold() in {r.label.casefold() for r in Role}:
        fields.problem("name", TAKEN)
    if fields.clean.get("permissions", None if role else []) == []:
        fields.problem("permissions", "Choose at least one right: without any, a member could not even look at a page.")
    try:
        checked(fields.clean.get("permissions", []))
    except UnknownPermission as error:
        fields.problem("permissions", str(error))
    cleaned = fields.done()
    grants.require_can_grant(cleaned.get("permissions", []), by=by)
    return cleaned
