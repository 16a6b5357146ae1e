"""A member's last day: set in advance, after it they are deactivated by themselves."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from fairlead.accounts import access, grants
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.actions.members import Deactivation, deactivate_member, read_successor
from fairlead.accounts.models import Membership
from fairlead.events.public import Event, record
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.tenancy.public import Actor, Role

PLANNED = "member.departure_planned"


@transaction.atomic
def plan_departure(membership_id: UUID, *, last_day: date, successor_id: UUID | None, by: Actor) -> Deactivation:
    """Set the last day on which a member may work (in the firm's time zone), and who takes over after it.

    Raises `Forbidden`, `Conflict` for the last owner and for who has left, `InvalidInput` for a day that is past.
    """
    by.require("members.manage")
    firm = lock_firm(by)
    member = access.member(by, membership_id)
    grants.require_can_change(member, by=by)
    if not member.is_active:
        raise Conflict(f"{member.user.name} is deactivated already.", code="deactivated")
    grants.require_another_owner(member)
    if last_day < firm.today:
        raise InvalidInput({"last_day": ["This day is past. Choose today or a later one."]})
    successor = read_successor(member, successor_id, by)
    member.last_day, member.successor = last_day, successor
    member.save(update_fields=["last_day", "successor", "updated_at"])
    data = {"name": member.user.name, "last_day": last_day.isoformat(), "successor": successor.user.name}
    record(PLANNED, by=by, subject=("member", member.id), data=data)
    return Deactivation(member, successor)


@transaction.atomic
def cancel_departure(membership_id: UUID, *, by: Actor) -> Membership:
    """Let a member stay whose last day was set. Raises `Conflict` when none is."""
    by.require("members.manage")
    lock_firm(by)
    member = access.member(by, membership_id)
    if not member.is_active or member.last_day is None:
        raise Conflict(f"{member.user.name} has no last day.", code="no_last_day")
    grants.require_can_change(member, by=by)
    member.last_day = member.successor = None
    member.save(update_fields=["last_day", "successor", "updated_at"])
    record("member.departure_cancelled", by=by, subject=("member", member.id), data={"name": member.user.name})
    return member


@transaction.atomic
def end_memberships(*, by: Actor) -> list[Membership]:
    """Deactivate everybody whose last day is over; what a successor who left meanwhile would get goes to an owner.

    The last owner is let be, whatever day was set: a firm is never left without one. Returns who was deactivated.
    """
    by.require("members.manage")
    firm = lock_firm(by)
    due = Membership.rows().filter(deactivated_at=None, last_day__lt=firm.today).order_by("last_day", "id")
    ended = []
    for member in due.select_related("successor"):
        successor = member.successor if member.successor and member.successor.is_active else _owner_beside(member)
        if successor is not None:
            with suppress(Conflict):  # the last owner
                who = _as_planned(member, by)
                ended.append(deactivate_member(member.id, successor_id=successor.id, by=who).member)
    return ended


def _as_planned(member: Membership, by: Actor) -> Actor:
    """Return `by` with the name beside its own of who set the day: colleagues ask them about what they are given."""
    planned = Event.rows().filter(type=PLANNED, subject_id=member.id).order_by("-id").first()
    return replace(by, label=f"{by.label} (planned by {planned.actor_label})") if planned else by


def _owner_beside(member: Membership) -> Membership | None:
    owners = Membership.rows().filter(role=Role.OWNER.key, deactivated_at=None)
    return owners.exclude(pk=member.pk).order_by("created_at", "id").first()
