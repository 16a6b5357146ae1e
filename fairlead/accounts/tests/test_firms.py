"""Found a firm, sign up, change the firm's settings."""

import pytest

from fairlead.accounts.actions.firms import create_firm, suggest_slug, update_firm
from fairlead.accounts.actions.signup import sign_up
from fairlead.accounts.commands import create_api_key
from fairlead.accounts.commands import create_firm as command_create_firm
from fairlead.accounts.models import ApiKey, Membership, User
from fairlead.accounts.security import firms_of
from fairlead.accounts.tests.cast import PASSWORD, Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.tenancy.public import Firm, Role, Visibility, firm_context

pytestmark = pytest.mark.django_db
PERSON = {"email": "Dora@Dogwood.example", "password": PASSWORD, "first_name": "Dora", "last_name": "Dogwood"}


def test_signing_up_makes_login_firm_and_owner() -> None:
    member = sign_up(PERSON, {"name": "Dogwood Söhne & Co", "country": "DE"}, ip="192.0.2.1")
    assert (member.user.email, member.role, member.firm.slug) == ("dora@dogwood.example", "owner", "dogwood-sohne-co")
    assert member.user.check_password(PASSWORD)
    assert (member.firm.time_zone, member.user.time_zone) == ("Europe/Berlin", "Europe/Berlin")
    assert member.firm.currency == "EUR"
    with firm_context(member.firm.id):
        event = Event.rows().get(type="firm.created")
    assert (event.ip, event.actor_label, event.via) == ("192.0.2.1", "Dora Dogwood", "web")


def test_only_the_first_login_of_an_installation_runs_it() -> None:
    first = sign_up(PERSON, {"name": "First"})
    second = sign_up({**PERSON, "email": "second@example.com"}, {"name": "Second"})
    assert (first.user.is_operator, second.user.is_operator) == (True, False)


@pytest.mark.parametrize(
    ("person", "firm", "fields"),
    [
        ({"email": "nonsense"}, {}, {"email"}),
        ({"password": "short"}, {}, {"password"}),
        ({"email": "alice@alder.example"}, {}, {"email"}),
        ({}, {"name": ""}, {"name"}),
        ({}, {"slug": "Not A Slug"}, {"slug"}),
        ({}, {"slug": "alder"}, {"slug"}),
        ({}, {"slug": "api"}, {"slug"}),
        ({}, {"country": "XX", "time_zone": "Mars/Olympus"}, {"country", "time_zone"}),
        ({"nickname": "Do"}, {}, {"nickname"}),
    ],
)
def test_wrong_input_is_named_and_changes_nothing(alice: Person, person: dict, firm: dict, fields: set) -> None:
    before = User.objects.count(), Firm.objects.count()
    with pytest.raises(InvalidInput) as refused:
        sign_up({**PERSON, **person}, {"name": "Dogwood", **firm})
    assert set(refused.value.fields) == fields
    assert (User.objects.count(), Firm.objects.count()) == before


def test_a_suggested_slug_is_free(firm_a: Firm) -> None:
    assert suggest_slug("Alder") == "alder-2"
    assert suggest_slug("日本") == "firm"


def test_a_login_may_found_a_second_firm_and_finds_both(alice: Person, charlie: Person) -> None:
    second = create_firm({"name": "Alder Two"}, owner=alice.user)
    assert set(firms_of(alice.user)) == {alice.firm, second.firm}
    assert firms_of(charlie.user) == [charlie.firm]


def test_the_settings_change_with_their_event(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        firm = update_firm({"time_zone": "Europe/London", "visibility": "team", "seats": "5"}, by=alice.actor)
        event = Event.rows().get(type="firm.updated")
    assert (firm.visibility, firm.seats) == (Visibility.TEAM, 5)
    assert event.data["changes"]["visibility"] == ["everyone", "team"]
    charlie.firm.refresh_from_db()
    assert charlie.firm.visibility == Visibility.EVERYONE


def test_a_member_may_not_change_the_settings(bob: Person) -> None:
    with firm_context(bob.firm.id), pytest.raises(Forbidden):
        update_firm({"name": "Bob's"}, by=bob.actor)


def test_the_slug_stays(alice: Person) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput, match="slug"):
        update_firm({"slug": "other"}, by=alice.actor)


def test_the_command_line_makes_firms_and_keys() -> None:
    member = command_create_firm("elm", "Elm", "eve@elm.example", PASSWORD)
    assert member.role == Role.OWNER.key
    again = command_create_firm("elm-two", "Elm Two", "eve@elm.example", None)
    assert again.user == member.user
    text = create_api_key("elm", "Eve@elm.example", scopes=["members.view"])
    assert text.startswith(f"flk_{member.firm.id.hex}_")
    with firm_context(member.firm.id):
        assert ApiKey.rows().get().scopes == ["members.view"]
        assert Membership.rows().count() == 1


@pytest.mark.parametrize(
    ("firm", "user", "scopes", "field"),
    [
        ("nothing", "alice@alder.example", [], "firm"),
        ("alder", "charlie@birch.example", [], "user"),
        ("alder", "alice@alder.example", ["contacts.fly"], "scopes"),
    ],
)
def test_a_key_for_nobody_is_refused(
    alice: Person, charlie: Person, firm: str, user: str, scopes: list, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_api_key(firm, user, scopes=scopes)
    assert list(refused.value.fields) == [field]
