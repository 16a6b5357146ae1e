"""Nobody gives away, or takes from others, more than they hold themselves."""

from collections.abc import Iterable

from fairlead.accounts.actors import permissions_of
from fairlead.accounts.models import CustomRole, Membership
from fairlead.kernel.errors import Conflict, Forbidden
from fairlead.tenancy.public import Actor, Role, declared, known, of_role


def role_label(role: str, custom_role: CustomRole | None) -> str:
    """Return the name of a role for people."""
    return custom_role.name if custom_role else Role.from_key(role).label


def require_can_grant(permissions: Iterable[str], *, by: Actor) -> None:
    """Raise `Forbidden` when `permissions` holds one that the actor lacks; one that is gone by now gives nothing."""
    lacking = sorted({p.name for p in declared()}.intersection(permissions) - by.permissions)
    if lacking:
        raise Forbidden(f"You cannot give what you do not have: {known(lacking[0]).phrase}.", code="escalation")


def require_can_give_role(role: str, custom_role: CustomRole | None, *, by: Actor) -> None:
    """Raise `Forbidden` when the role is above the actor's own; only owners make owners."""
    if role == Role.OWNER.key:
        _require_owner(by)
    require_can_grant(custom_role.permissions if custom_role else of_role(Role.from_key(role)), by=by)


def require_can_change(member: Membership, *, by: Actor) -> None:
    """Raise `Forbidden` when the member holds what the actor lacks; only owners change owners."""
    if member.role == Role.OWNER.key:
        _require_owner(by)
    if permissions_of(member) - by.permissions:
        raise Forbidden(f"{member.user.name} has more rights than you, so you cannot change them.", code="escalation")


def require_no_scopes(member: Membership, *, by: Actor) -> None:
    """Raise `Forbidden` when a program acts for the member within scopes: who one is in all one's firms is in none."""
    if permissions_of(member) - by.permissions:
        raise Forbidden("This key is limited to scopes. One without changes your profile.", code="scoped")


def require_another_owner(member: Membership) -> None:
    """Raise `Conflict` when `member` is the firm's last active owner. The firm must be locked."""
    if member.role != Role.OWNER.key:
        return
    others = Membership.rows().filter(role=Role.OWNER.key, deactivated_at=None).exclude(pk=member.pk)
    if not others.exists():
        raise Conflict(f"{member.user.name} is the last owner. Make somebody else an owner first.", code="last_owner")


def _require_owner(by: Actor) -> None:
    if by.kind == "system" or (by.kind == "member" and by.role == Role.OWNER.key):
        return
    raise Forbidden("Only an owner, logged in, may do this to an owner.", code="escalation")
