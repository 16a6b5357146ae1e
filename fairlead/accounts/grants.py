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
        require_owner(by)
    require_can_grant(custom_role.permissions if custom_role else of_role(Role.from_key(role)), by=by)


def require_can_change(member: Membership, *, by: Actor) -> None:
    """Raise `Forbidden` when the member holds what the actor lacks; only owners change owners."""
    if member.role == Role.OWNER.key:
        require_owner(by)
    if permissions_of(member) - by.permissions:
        raise Forbidden(f"{member.user.name} has more rights than you, so you cannot change them.", code="escalation")


def require_no_scopes(does: str, *, by: Actor) -> None:
    """Raise `Forbidden` when a program acts within scopes: what is a person's own, in all firms or in one, is in none.

    `does` says what a program without them may, such as "changes your profile".
    """
    if by.kind not in ("key", "application"):
        return
    member = Membership.rows().select_related("custom_role").filter(pk__in=[by.membership_id]).first()
    if member is None or permissions_of(member) - by.permissions:
        raise Forbidden(f"This {by.kind} is limited to scopes. One without {does}.", code="scoped")


def require_another_owner(member: Membership) -> None:
    """Raise `Conflict` when `member` is the firm's last active owner. The firm must be locked."""
    if member.role != Role.OWNER.key:
        return
    others = Membership.rows().filter(role=Role.OWNER.key, deactivated_at=None).exclude(pk=member.pk)
    if not others.exists():
        raise Conflict(f"{member.user.name} is the last owner. Make somebody else an owner first.", code="last_owner")


def require_owner(by: Actor) -> None:
    """Raise `Forbidden` for whoever is no owner who is logged in."""
    if by.kind == "system" or (by.kind == "member" and by.role == Role.OWNER.key):
        return
    raise Forbidden("Only an owner, logged in, may do this to an owner.", code="escalation")
