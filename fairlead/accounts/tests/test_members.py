"""Roles, deactivation, ownership, seats."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection

from fairlead.accounts import handover, reads, seats
from fairlead.accounts.actions import invitations, keys, members
from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.models import CustomRole, Invitation, Membership
from fairlead.accounts.tests import cast
from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.tenancy.public import Firm, Role, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(firm_a: Firm) -> Iterator[None]:
    with firm_context(firm_a.id):
        yield


@pytest.fixture
def admin(firm_a: Firm) -> Person:
    return cast.join(firm_a, "Dan", "Dogwood", Role.ADMIN)


def test_a_role_changes_with_its_event(alice: Person, bob: Person, inside: None) -> None:
    members.update_member(bob.membership.id, {"role": "manager", "title": "Partner"}, by=alice.actor)
    assert bob.actor.can("teams.manage")
    event = Event.rows().get(type="member.role_changed")
    assert (event.data["before"], event.data["after"]) == ("Member", "Manager")


def test_nobody_gives_more_than_they_hold(admin: Person, alice: Person, bob: Person, inside: None) -> None:
    with pytest.raises(Forbidden):
        members.update_member(bob.membership.id, {"role": "owner"}, by=admin.actor)
    with pytest.raises(Forbidden):
        members.update_member(alice.membership.id, {"role": "member"}, by=admin.actor)
    with pytest.raises(Forbidden):
        members.deactivate_member(alice.membership.id, successor_id=bob.membership.id, by=admin.actor)
    with pytest.raises(Forbidden):
        members.update_member(bob.membership.id, {"title": "x"}, by=bob.actor)
    assert not Event.rows().filter(type__startswith="member.").exists()


def test_a_role_works_on_when_one_of_its_rights_is_gone(alice: Person, bob: Person, inside: None) -> None:
    role = CustomRole.objects.create(name="Reader", permissions=["contacts.view", "tasks.telepathy"])
    members.update_member(bob.membership.id, {"custom_role": role.id}, by=alice.actor)
    assert bob.actor.permissions == {"contacts.view"}


def test_the_last_owner_stays(alice: Person, bob: Person, inside: None) -> None:
    with pytest.raises(Conflict, match="last owner"):
        members.update_member(alice.membership.id, {"role": "admin"}, by=alice.actor)
    with pytest.raises(Conflict, match="last owner"):
        members.deactivate_member(alice.membership.id, successor_id=bob.membership.id, by=alice.actor)
    members.update_member(bob.membership.id, {"role": "owner"}, by=alice.actor)
    members.update_member(alice.membership.id, {"role": "admin"}, by=alice.actor)
    assert alice.actor.role == "admin"


def test_ownership_passes_on(alice: Person, bob: Person, inside: None) -> None:
    with pytest.raises(Forbidden):
        members.transfer_ownership(bob.membership.id, by=bob.actor)
    members.transfer_ownership(bob.membership.id, by=alice.actor)
    assert (alice.actor.role, bob.actor.role) == ("admin", "owner")


def test_nobody_makes_an_owner_who_is_none(admin: Person, bob: Person, inside: None) -> None:
    heir = CustomRole.objects.create(name="Heir", permissions=["firm.transfer", "members.view"])
    Membership.rows().filter(pk=bob.membership.id).update(custom_role=heir)
    with pytest.raises(Forbidden, match="Only an owner"):
        members.transfer_ownership(admin.membership.id, by=bob.actor)


def test_a_member_of_another_firm_is_not_found(alice: Person, charlie: Person, inside: None) -> None:
    for attempt in (
        lambda: members.update_member(charlie.membership.id, {"title": "x"}, by=alice.actor),
        lambda: members.deactivate_member(charlie.membership.id, successor_id=None, by=alice.actor),
        lambda: members.transfer_ownership(charlie.membership.id, by=alice.actor),
        lambda: members.reactivate_member(uuid4(), by=alice.actor),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_deactivation_ends_everything_at_once_and_hands_over(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[object] = []

    def things(leaver: object, successor: object, *, by: object) -> int:
        moved.append((leaver, successor))
        return 3

    monkeypatch.setattr(handover, "_at_once", {"things": things})
    monkeypatch.setattr(handover, "_records", {})
    browser = bob.client()
    UserSession.objects.create(user=bob.user, ip="192.0.2.1", session_key=browser.session.session_key)
    with firm_context(bob.firm.id):
        key, _ = keys.create_key({"name": "Laptop"}, by=bob.actor)
        members.deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
        key.refresh_from_db()
        event = Event.rows().get(type="member.deactivated")
    assert moved == [(bob.membership.id, alice.membership.id)]
    assert key.revoked_at is not None
    assert not UserSession.objects.filter(user=bob.user).exists()
    assert event.data["handed_over"] == {"things": 3}
    assert (event.data["keys_revoked"], event.data["sessions_ended"]) == (1, 1)
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("who", ["nobody", "self", "stranger"])
def test_the_successor_is_an_active_colleague(
    alice: Person, bob: Person, charlie: Person, inside: None, who: str
) -> None:
    successor = {"nobody": None, "self": bob.membership.id, "stranger": charlie.membership.id}[who]
    with pytest.raises(InvalidInput, match="successor"):
        members.deactivate_member(bob.membership.id, successor_id=successor, by=alice.actor)
    assert Membership.rows().get(pk=bob.membership.id).is_active


def test_seats_limit_members_and_invitations(alice: Person, bob: Person, inside: None) -> None:
    update_firm({"seats": 3}, by=alice.actor)
    invited = invitations.invite_member({"email": "eve@elm.example"}, by=alice.actor)
    with pytest.raises(Conflict, match="All 3 seats are taken \\(2 members and 1 invited\\)"):
        invitations.invite_member({"email": "fay@fir.example"}, by=alice.actor)
    invitations.revoke_invitation(invited.id, by=alice.actor)
    invitations.invite_member({"email": "fay@fir.example"}, by=alice.actor)
    assert Invitation.rows().count() == 2


def test_seats_of_who_was_not_seen_for_long_are_told(alice: Person, bob: Person, inside: None) -> None:
    long_ago = clock.now() - timedelta(days=31)
    Membership.rows().update(created_at=long_ago)
    Membership.rows().filter(pk=alice.membership.id).update(last_seen_at=clock.now())
    assert seats.of_firm(alice.firm).idle == 1
    assert [line.member for line in reads.members(alice.actor, alice.firm, is_idle=True)] == [bob.membership]
    members.deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
    after = seats.of_firm(alice.firm)
    assert (after.used, after.idle) == (1, 0)  # reclaimed


def test_reactivation_needs_a_seat(alice: Person, bob: Person, inside: None) -> None:
    members.deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
    update_firm({"seats": 1}, by=alice.actor)
    with pytest.raises(Conflict, match="The only seat is taken"):
        members.reactivate_member(bob.membership.id, by=alice.actor)
    update_firm({"seats": 2}, by=alice.actor)
    assert members.reactivate_member(bob.membership.id, by=alice.actor).is_active


def test_who_left_a_firm_is_not_among_its_people_any_more(alice: Person, bob: Person, inside: None) -> None:
    members.deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM firms_of_user(%s)", [bob.user.pk])
        assert cursor.fetchone() == (0,)
