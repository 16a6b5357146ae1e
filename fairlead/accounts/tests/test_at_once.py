"""Two change the same thing at one moment: who comes second works with what the first one left."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.account.internal.flows import password_change, password_reset
from django.test import Client, RequestFactory

from fairlead.accounts.actions import firms, invitations, keys, members, profile, roles, teams
from fairlead.accounts.models import CustomRole, Membership, Team, User
from fairlead.accounts.tests import cast
from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput
from fairlead.tenancy.public import Role, firm_context
from tests.together import meet

pytestmark = pytest.mark.django_db


def works(text: str) -> bool:
    return Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("change", [password_change.change_password, password_reset.reset_password])
def test_a_new_password_writes_over_nothing_else_of_the_login(bob: Person, change: Callable[[User, str], None]) -> None:
    read_before = User.objects.get(pk=bob.user.pk)
    bob.user.first_name, bob.user.is_active = "Rob", False
    bob.user.save()
    change(read_before, "quite-another-one")
    now = User.objects.get(pk=bob.user.pk)
    assert (now.first_name, now.is_active) == ("Rob", False)
    assert now.check_password("quite-another-one")


def test_two_rotations_with_a_grace_leave_both_texts_useful(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with firm_context(alice.firm.id):
        key, _ = keys.create_key({"name": "Sync"}, by=alice.actor)
        read_before = keys.access.key(alice.actor, key.id)
        _, first = keys.rotate_key(key.id, by=alice.actor, grace=timedelta(hours=1))
        monkeypatch.setattr(keys.access, "key", lambda by, key_id: read_before)
        _, second = keys.rotate_key(key.id, by=alice.actor, grace=timedelta(hours=1))
    assert (works(first), works(second)) == (True, True)


def test_a_role_that_was_narrowed_meanwhile_stays_narrow(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with firm_context(alice.firm.id):
        wide = {"name": "Clerk", "permissions": ["contacts.view", "contacts.edit"]}
        role = roles.create_role(wide, by=alice.actor)
        read_before = CustomRole.rows().get(pk=role.pk)
        roles.update_role(role.pk, {"permissions": ["contacts.view"]}, by=alice.actor)
        monkeypatch.setattr(roles.access, "role", lambda by, role_id: read_before)
        roles.update_role(role.pk, {"description": "For the desk"}, by=alice.actor)
        assert CustomRole.rows().get(pk=role.pk).permissions == ["contacts.view"]


def test_a_saved_profile_brings_no_old_password_back(bob: Person) -> None:
    read_before = User.objects.get(pk=bob.user.pk)
    bob.user.set_password("quite-another-one")
    bob.user.save()
    profile.update_profile(
        read_before, {"first_name": "Rob", "date_format": "iso"}, request=RequestFactory().post("/"), via="api"
    )
    now = User.objects.get(pk=bob.user.pk)
    assert (now.first_name, now.preferences["date_format"]) == ("Rob", "iso")
    assert now.check_password("quite-another-one")


@pytest.mark.django_db(transaction=True)
def test_two_moves_into_each_other_make_no_circle(alice: Person) -> None:
    by = alice.actor
    with firm_context(alice.firm.id):
        tax, audit = (teams.create_team({"name": n, "kind": "department"}, by=by).pk for n in ("Tax", "Audit"))
    waited, raised = meet(
        alice.firm.id,
        lambda: teams.update_team(tax, {"parent": audit}, by=by),
        lambda: teams.update_team(audit, {"parent": tax}, by=by),
    )
    assert waited
    [error] = raised
    assert isinstance(error, InvalidInput)
    assert error.fields == {"parent": ["A department cannot be inside itself."]}
    with firm_context(alice.firm.id):
        assert parents() == {tax: audit, audit: None}


def parents() -> dict[UUID, UUID | None]:
    return dict(Team.rows().values_list("pk", "parent_id"))


@pytest.mark.django_db(transaction=True)
def test_who_is_no_owner_any_more_passes_nothing_on(alice: Person, bob: Person) -> None:
    dora = cast.join(alice.firm, "Dora", "Dogwood", Role.OWNER)
    by = alice.actor
    waited, raised = meet(
        alice.firm.id,
        lambda: members.update_member(alice.membership.pk, {"role": "member"}, by=dora.actor),
        lambda: members.transfer_ownership(bob.membership.pk, by=by),
    )
    assert waited and [type(error) for error in raised] == [Forbidden]
    with firm_context(alice.firm.id):
        roles_now = dict(Membership.rows().values_list("user__first_name", "role"))
    assert roles_now == {"Alice": "member", "Bob": "member", "Dora": "owner"}


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one(alice: Person, bob: Person) -> None:
    dora = cast.join(alice.firm, "Dora", "Dogwood", Role.OWNER)
    one, other = alice.actor, dora.actor
    waited, raised = meet(
        alice.firm.id,
        lambda: members.deactivate_member(alice.membership.pk, successor_id=bob.membership.pk, by=one),
        lambda: members.deactivate_member(dora.membership.pk, successor_id=bob.membership.pk, by=other),
    )
    assert waited and [type(error) for error in raised] == [Conflict]


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_given_once(alice: Person) -> None:
    with firm_context(alice.firm.id):
        firms.update_firm({"seats": 2}, by=alice.actor)
    by = alice.actor
    waited, raised = meet(
        alice.firm.id,
        lambda: invitations.invite_member({"email": "Emil@elm.example"}, by=by),
        lambda: invitations.invite_member({"email": "fay@fir.example"}, by=by),
    )
    assert waited and [type(error) for error in raised] == [Conflict]
