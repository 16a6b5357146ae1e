"""Change, deactivate and reactivate members; pass on the ownership."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts import access, credentials, grants, seats
from fairlead.accounts.actions import departed, sessions
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.models import CustomRole, Errand, Invitation, Membership
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.fields import Fields
from fairlead.tenancy.public import Actor, Role


@dataclass(frozen=True, slots=True)
class Deactivation:
    """Who left or is about to, who takes over, how many of each kind passed on; `errand` passes on the rest."""

    member: Membership
    successor: Membership
    handed_over: dict[str, int] = field(default_factory=dict)
    errand: Errand | None = None


@transaction.atomic
def update_member(membership_id: UUID, values: Mapping[str, Any], *, by: Actor) -> Membership:
    """Change a member's `title`, `role` (a built-in role's key) or `custom_role` (an id, or None).

    Nobody gives more than they hold, and the last owner stays one. Raises `InvalidInput`, `Forbidden`, `Conflict`.
    """
    by.require("members.manage")
    lock_firm(by)
    member = access.member(by, membership_id)
    grants.require_can_change(member, by=by)
    fields = Fields(values)
    fields.text("title", longest=100)
    cleaned = read_role(fields, member)
    before = grants.role_label(member.role, member.custom_role)
    _check_new_role(member, cleaned, by)
    for name, value in cleaned.items():
        setattr(member, name, value)
    member.save()
    _record_update(member, before, "title" in cleaned, by)
    return member


def read_role(fields: Fields, current: Membership | None = None) -> dict[str, Any]:
    """Finish `fields` with `role` and `custom_role`; a custom role is refused to owners."""
    fields.choice("role", [r.key for r in Role])
    fields.reference("custom_role")
    cleaned = fields.done()
    if cleaned.get("custom_role"):
        cleaned["custom_role"] = CustomRole.rows().filter(pk=cleaned["custom_role"]).first()
        if cleaned["custom_role"] is None:
            raise InvalidInput({"custom_role": ["There is no such role."]})
    role = cleaned.get("role", current.role if current else Role.MEMBER.key)
    custom = cleaned.get("custom_role", current.custom_role if current else None)
    if role == Role.OWNER.key and custom is not None:
        raise InvalidInput({"custom_role": ["An owner has every right; a custom role does not apply."]})
    return cleaned


def _check_new_role(member: Membership, cleaned: Mapping[str, Any], by: Actor) -> None:
    if "role" not in cleaned and "custom_role" not in cleaned:
        return
    role, custom = cleaned.get("role", member.role), cleaned.get("custom_role", member.custom_role)
    grants.require_can_give_role(role, custom, by=by)
    if role != Role.OWNER.key:
        grants.require_another_owner(member)


def _record_update(member: Membership, before: str, has_title: bool, by: Actor) -> None:
    after = grants.role_label(member.role, member.custom_role)
    subject = ("member", member.id)
    if after != before:
        data = {"name": member.user.name, "before": before, "after": after}
        record("member.role_changed", by=by, subject=subject, data=data)
    if has_title:
        data = {"name": member.user.name, "fields": "title", "title": member.title}
        record("member.updated", by=by, subject=subject, data=data)


@transaction.atomic
def deactivate_member(membership_id: UUID, *, successor_id: UUID | None, by: Actor) -> Deactivation:
    """End a person's work in the firm: sessions, links, keys and connections end at once, the successor takes over.

    `successor_id` names the active member who gets everything the leaver owned; without one `InvalidInput` asks for it.
    Many records pass on in the background. Raises `Forbidden`, `Conflict`, `InvalidInput`.
    """
    by.require("members.manage")
    lock_firm(by)
    member = access.member(by, membership_id)
    grants.require_can_change(member, by=by)
    if not member.is_active:
        raise Conflict(f"{member.user.name} is deactivated already.", code="deactivated")
    grants.require_another_owner(member)
    successor = read_successor(member, successor_id, by)
    member.deactivated_at, member.deactivated_by_id = clock.now(), by.membership_id
    member.last_day = member.successor = None
    member.save(update_fields=["deactivated_at", "deactivated_by", "last_day", "successor", "updated_at"])
    departed.redirect(member, successor)
    moved, errand = departed.pass_on(member, successor, by=by)
    credentials_ended = credentials.end_all(member, by=by)
    Invitation.rows().filter(invited_by=member, accepted_at=None, revoked_at=None).update(invited_by=successor)
    ended = sessions.end_all(member.user)
    data = {
        "name": member.user.name, "successor": successor.user.name, "successor_id": str(successor.id),
        "handed_over": moved, "sessions_ended": ended, **credentials_ended,
    }  # fmt: skip
    record("member.deactivated", by=by, subject=("member", member.id), data=data)
    return Deactivation(member, successor, moved, errand)


def read_successor(leaver: Membership, successor_id: UUID | None, by: Actor) -> Membership:
    """Return the active colleague who takes over; raise `InvalidInput` naming `successor` when it is none."""
    if successor_id is None:
        raise InvalidInput({"successor": ["Choose who takes over what this member owns."]})
    successor = access.members(by).filter(pk=successor_id, deactivated_at=None).exclude(pk=leaver.pk).first()
    if successor is None:
        raise InvalidInput({"successor": ["Choose another active member."]})
    return successor


@transaction.atomic
def hand_over_rest(membership_id: UUID, *, successor_id: UUID | None, by: Actor) -> Deactivation:
    """Pass on what a former member still owns: a hand-over was stopped, or something came back to them.

    Raises `Forbidden`, `Conflict` for who is active and while a hand-over goes on, `InvalidInput`.
    """
    by.require("members.manage")
    lock_firm(by)
    member = access.member(by, membership_id)
    if member.is_active:
        raise Conflict(f"{member.user.name} is active: what they own is theirs.", code="active")
    if departed.running(member).exists():
        raise Conflict(f"What {member.user.name} owned is being handed over already.", code="running")
    successor = read_successor(member, successor_id, by)
    moved, errand = departed.pass_on(member, successor, by=by)
    if errand is None:
        departed.tell(member, successor, moved, by=by)
    return Deactivation(member, successor, moved, errand)


@transaction.atomic
def reactivate_member(membership_id: UUID, *, by: Actor) -> Membership:
    """Let a person work in the firm again, with the role they had. Needs a free seat; raises `Conflict`."""
    by.require("members.manage")
    firm = lock_firm(by)
    member = access.member(by, membership_id)
    if member.is_active:
        raise Conflict(f"{member.user.name} is active already.", code="active")
    grants.require_can_give_role(member.role, member.custom_role, by=by)
    seats.require_free(firm)
    departed.stop(member, by=by)
    member.deactivated_at = member.deactivated_by = None
    member.save(update_fields=["deactivated_at", "deactivated_by", "updated_at"])
    record("member.reactivated", by=by, subject=("member", member.id), data={"name": member.user.name})
    return member


@transaction.atomic
def transfer_ownership(membership_id: UUID, *, by: Actor) -> Membership:
    """Make another active member an owner in the acting owner's place, who becomes an admin. Returns the new owner."""
    by.require("firm.transfer")
    lock_firm(by)
    if by.kind != "member" or by.membership_id is None:
        raise Conflict("Only an owner who is logged in can pass on the ownership.", code="not_a_member")
    grants.require_owner(by)  # a custom role may hold the permission, and nothing to pass on
    heir = access.member(by, membership_id)
    if not heir.is_active or heir.id == by.membership_id:
        raise InvalidInput({"member": ["Choose another active member."]})
    heir.role, heir.custom_role = Role.OWNER.key, None
    heir.save(update_fields=["role", "custom_role", "updated_at"])
    Membership.rows().filter(pk=by.membership_id).update(role=Role.ADMIN.key)
    record("ownership.transferred", by=by, subject=("member", heir.id), data={"name": heir.user.name})
    return heir
