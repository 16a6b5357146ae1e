"""A member who owned much: out at once, what they owned passes in the background."""

from collections.abc import Iterator

import pytest

from fairlead.accounts import errands
from fairlead.accounts.actions import members
from fairlead.accounts.models import Errand, Membership
from fairlead.accounts.tests.cast import Person, join
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import Conflict, NotFound
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.people.models import Company, Contact
from fairlead.tenancy.public import Actor, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """More than two records are many, and pass two by two."""
    monkeypatch.setattr(errands, "AT_ONCE", 2)
    monkeypatch.setattr(errands, "PIECE", 2)
    return None


@pytest.fixture
def dora(alice: Person) -> Person:
    return join(alice.firm, "Dora", "Dale")


def own(person: Person, by: Actor, count: int = 5) -> None:
    """Let a member own contacts, one of them in the bin, and a company."""
    with firm_context(person.firm.id):
        values = {"owner": person.membership.id}
        ids = [create_contact({"first_name": f"P{i}", **values}, by=by).id for i in range(count)]
        delete_contacts(ids[:1], by=by)
        create_company({"name": "Acme", **values}, by=by)


def leave(leaver: Person, successor: Person, alice: Person) -> members.Deactivation:
    with firm_context(alice.firm.id):
        return members.deactivate_member(leaver.membership.id, successor_id=successor.membership.id, by=alice.actor)


def owners(firm: Person) -> set[object]:
    with firm_context(firm.firm.id):
        return {record.owner_id for record in (*Contact.rows(), *Company.rows())}


def step(person: Person) -> None:
    with firm_context(person.firm.id):
        errand = Errand.rows().get(state=Errand.State.RUNNING)
    errands.advance(person.firm.id, errand.pk)


def test_the_leaver_is_out_at_once_and_all_passes(alice: Person, bob: Person, charlie: Person) -> None:
    own(bob, alice.actor)
    own(charlie, charlie.actor)
    browser, left = bob.client(), leave(bob, alice, alice)
    assert left.errand is not None and left.errand.total == 6
    assert browser.get(bob.url("contacts/")).status_code in (302, 404)
    step(alice)
    assert owners(alice) == {alice.membership.id, bob.membership.id}
    drain()
    assert owners(alice) == {alice.membership.id} and owners(charlie) == {charlie.membership.id}
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="contact.owner_changed", data__to="Alice Ash").count() == 5
        told = Event.rows().get(type="member.handed_over")
        assert (told.data["moved"], told.data["name"]) == ("4 contacts and 1 company", "Bob Beech")
        assert Errand.rows().get().done == 6


def test_who_is_back_keeps_what_has_not_passed(alice: Person, bob: Person) -> None:
    own(bob, alice.actor)
    leave(bob, alice, alice)
    step(alice)
    with firm_context(alice.firm.id):
        members.reactivate_member(bob.membership.id, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(owner=alice.membership.id).count() == 2
        assert Errand.rows().get().state == "cancelled"


def test_a_successor_who_leaves_passes_on_what_is_still_to_come(alice: Person, bob: Person, dora: Person) -> None:
    own(bob, alice.actor)
    leave(bob, dora, alice)
    step(alice)
    leave(dora, alice, alice)
    drain()
    assert owners(alice) == {alice.membership.id}


def test_it_goes_on_when_who_asked_has_left(alice: Person, bob: Person, dora: Person) -> None:
    own(bob, alice.actor)
    with firm_context(alice.firm.id):
        Membership.rows().filter(pk=dora.membership.pk).update(role="admin")
        members.deactivate_member(bob.membership.id, successor_id=alice.membership.id, by=dora.actor)
    leave(dora, alice, alice)
    drain()
    assert owners(alice) == {alice.membership.id}


def test_what_was_stopped_is_handed_over_later(alice: Person, bob: Person, charlie: Person) -> None:
    own(bob, alice.actor)
    left = leave(bob, alice, alice)
    assert left.errand is not None
    again = {"successor": str(alice.membership.id)}
    api, path = Api(alice), f"members/{bob.membership.id}/handover"
    problem(api.post(path, again), 409, "running")
    assert "Hand over what Bob Beech owned to Alice Ash" in alice.page("settings/members/")
    step(alice)
    assert api.post(f"errands/{left.errand.pk}/cancel").json()["done"] == 2
    assert f"members/{bob.membership.id}/hand-over/" in alice.page("settings/members/")
    assert "Who takes over" in alice.page(f"settings/members/{bob.membership.id}/hand-over/")
    problem(Api(charlie).post(path, again), 404, "not_found")
    assert api.post(path, again).json()["errand"]
    drain()
    assert owners(alice) == {alice.membership.id}
    assert api.post(path, again).json()["handed_over"]["contacts"] == 0
    assert "hand-over/" not in alice.page("settings/members/")


def test_only_who_has_left_is_handed_over(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        with pytest.raises(Conflict, match="is active"):
            members.hand_over_rest(bob.membership.id, successor_id=alice.membership.id, by=alice.actor)
        with pytest.raises(NotFound):
            members.hand_over_rest(charlie.membership.id, successor_id=alice.membership.id, by=alice.actor)


def test_the_page_says_what_follows(alice: Person, bob: Person) -> None:
    own(bob, alice.actor)
    browser, values = alice.client(), {"successor": str(alice.membership.id)}
    browser.post(alice.url(f"settings/members/{bob.membership.id}/deactivate/"), values)
    page = browser.get(alice.url("settings/members/")).content.decode()
    assert "Alice Ash takes over 6 records in the background." in page
