"""Whose records a member sees: the firm's rule, and what departments and teams say instead."""

import pytest
from django.urls import reverse

from fairlead.accounts.actions import teams
from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.models import Team
from fairlead.accounts.tests.cast import Person, join
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden
from fairlead.people.models import Contact
from fairlead.search.public import find
from fairlead.tenancy.public import Firm, Role, firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(firm_a: Firm) -> Person:
    """Another plain member of firm A."""
    return join(firm_a, "Dana", "Dogwood")


@pytest.fixture
def eve(firm_a: Firm) -> Person:
    """Yet another one."""
    return join(firm_a, "Eve", "Elder")


@pytest.fixture
def contacts(alice: Person, bob: Person, dana: Person, eve: Person, charlie: Person) -> None:
    """Everybody owns a contact that bears their name."""
    for person in (alice, bob, dana, eve, charlie):
        with firm_context(person.firm.id):
            name = person.user.first_name
            Contact.objects.create(
                first_name=name, last_name="Zebra", name=f"{name} Zebra", sort_key=name.lower(), owner=person.membership
            )


def make(alice: Person, name: str, *people: Person, rule: str = "", parent: Team | None = None) -> Team:
    """Make a team, or a department when nobody is in it."""
    with firm_context(alice.firm.id):
        kind = "team" if people else "department"
        values = {"name": name, "kind": kind, "visibility": rule, "parent": parent.pk if parent else None}
        team = teams.create_team(values, by=alice.actor)
        return teams.set_team_members(team.pk, members=[p.membership.pk for p in people], leads=[], by=alice.actor)


def seen(person: Person) -> set[str]:
    """Return whose contacts the person sees by the API; pages, export and counts must agree."""
    rows = Api(person).get("contacts?fields=first_name").json()["data"]
    names = {row["first_name"] for row in rows}
    page = person.client().get(person.url("contacts/")).content.decode()
    assert {n for n in ("Alice", "Bob", "Dana", "Eve", "Charlie") if f"{n} Zebra" in page} == names
    return names


EVERYBODY = {"Alice", "Bob", "Dana", "Eve"}


@pytest.mark.usefixtures("contacts")
def test_a_team_narrows_what_its_members_see(alice: Person, bob: Person, dana: Person, eve: Person) -> None:
    make(alice, "Tax", bob, dana, rule="team")
    make(alice, "Interns", eve, rule="owner")
    assert seen(bob) == {"Bob", "Dana"}
    assert seen(eve) == {"Eve"}
    assert seen(alice) == EVERYBODY


@pytest.mark.usefixtures("contacts")
def test_a_team_widens_what_its_members_see(alice: Person, bob: Person, dana: Person) -> None:
    with firm_context(alice.firm.id):
        update_firm({"visibility": "owner"}, by=alice.actor)
    make(alice, "Partners", bob, rule="everyone")
    assert seen(bob) == EVERYBODY
    assert seen(dana) == {"Dana"}


@pytest.mark.usefixtures("contacts")
def test_teams_follow_the_nearest_department_that_has_a_rule(
    alice: Person, bob: Person, dana: Person, eve: Person
) -> None:
    advisory = make(alice, "Advisory", rule="owner")
    tax = make(alice, "Tax", parent=advisory)
    make(alice, "VAT", bob, parent=tax)
    make(alice, "Payroll", dana, parent=tax, rule="everyone")
    assert seen(bob) == {"Bob"}
    assert seen(dana) == EVERYBODY
    assert seen(eve) == EVERYBODY, "who is in no team follows the firm"


@pytest.mark.usefixtures("contacts")
def test_who_is_in_a_department_sees_what_is_within_it_and_not_the_reverse(
    alice: Person, bob: Person, dana: Person
) -> None:
    with firm_context(alice.firm.id):
        advisory = teams.create_team({"name": "Advisory", "kind": "department", "visibility": "team"}, by=alice.actor)
        teams.set_team_members(advisory.pk, members=[bob.membership.pk], leads=[], by=alice.actor)
    make(alice, "Tax", dana, parent=advisory)
    assert seen(bob) == {"Bob", "Dana"}
    assert seen(dana) == {"Dana"}


@pytest.mark.usefixtures("contacts")
def test_in_several_teams_the_widest_rule_holds(alice: Person, bob: Person, dana: Person, eve: Person) -> None:
    make(alice, "Tax", bob, dana, rule="team")
    make(alice, "Interns", bob, eve, rule="owner")
    assert seen(bob) == {"Bob", "Dana"}
    make(alice, "Board", bob, rule="everyone")
    assert seen(bob) == EVERYBODY


@pytest.mark.usefixtures("contacts")
def test_search_counts_and_the_record_itself_follow(alice: Person, bob: Person, eve: Person) -> None:
    make(alice, "Interns", bob, rule="owner")
    with firm_context(alice.firm.id):
        hers = Contact.rows().get(first_name="Eve")
        assert {h.title for h in find("zebra", by=bob.actor)} <= {"Bob Zebra"}
    assert Api(bob).get(f"contacts/{hers.pk}").status_code == 404
    assert bob.client().get(bob.url(f"contacts/{hers.pk}/")).status_code == 404
    assert Api(eve).get(f"contacts/{hers.pk}").status_code == 200


def test_only_who_may_change_the_firm_sets_a_rule(alice: Person, bob: Person, charlie: Person) -> None:
    bob.membership.role = Role.MANAGER.key
    with firm_context(alice.firm.id):
        bob.membership.save()
        team = teams.create_team({"name": "Tax"}, by=bob.actor)
        with pytest.raises(Forbidden):
            teams.update_team(team.pk, {"visibility": "everyone"}, by=bob.actor)
        teams.update_team(team.pk, {"visibility": None, "name": "Taxes"}, by=bob.actor)
    assert Api(bob).patch(f"teams/{team.pk}", {"visibility": "owner"}).status_code == 403
    assert Api(charlie).patch(f"teams/{team.pk}", {"visibility": "owner"}).status_code == 404
    assert Api(alice).patch(f"teams/{team.pk}", {"visibility": "owner"}).json()["visibility"] == "owner"
    assert Api(alice).patch(f"teams/{team.pk}", {"visibility": None}).json()["visibility"] is None
    assert Api(alice).patch(f"teams/{team.pk}", {"visibility": "friends"}).status_code == 422
    with firm_context(alice.firm.id):
        told = [e.data["visibility"] for e in Event.rows().filter(type="team.updated").order_by("recorded_at", "id")]
    assert told == ["inherited", "owner", "inherited"]


def test_the_pages_show_and_set_it(alice: Person, bob: Person) -> None:
    team = make(alice, "Tax", bob)
    page = reverse("accounts:team", kwargs={"firm": "alder", "team_id": team.pk})
    client = alice.client()
    assert b"Whose records its members see" in client.get(page).content
    values = {"name": "Tax", "kind": "team", "parent": "", "members": [str(bob.membership.pk)], "visibility": "owner"}
    assert client.post(page, values).status_code == 302
    assert b"Their own" in client.get(alice.url("settings/teams/")).content
    assert b"Tax (members see only their own records)" in client.get(alice.url("settings/firm/")).content
