"""The results page, the palette and the API."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.people.actions.contacts import create_contact
from fairlead.search.tests.test_find import catch_up
from fairlead.search.web import views
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ada(alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada", "last_name": "Byron <b>"}, by=alice.actor)
        catch_up()


def test_the_palette_gets_groups_with_marks(alice: Person) -> None:
    answer = alice.client().get(alice.url("search/palette"), {"q": "byr"}).json()
    [group] = answer["groups"]
    assert group["label"] == "Contacts"
    assert group["items"][0]["marks"] == [[4, 7]]
    assert answer["all_url"].endswith("search/?q=byr")


def test_the_page_shows_what_was_found_escaped(alice: Person) -> None:
    page = alice.client().get(alice.url("search/"), {"q": "ada", "noun": "contact"}).content.decode()
    assert "Byron &lt;b&gt;" in page


def test_the_page_says_when_nothing_fits(alice: Person) -> None:
    assert "Nothing found" in alice.client().get(alice.url("search/"), {"q": "zzzz"}).content.decode()


def test_more_than_the_page_shows_is_found_in_the_lists(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    path, link = alice.url("search/"), f'href="{alice.url("contacts/")}?q=ada"'
    assert link not in alice.client().get(path, {"q": "ada"}).content.decode(), "All that was found is here."
    monkeypatch.setattr(views, "ON_THE_PAGE", 1)
    assert link in alice.client().get(path, {"q": "ada"}).content.decode()
    assert "Ada Byron" in alice.client().get(alice.url("contacts/"), {"q": "ada"}).content.decode()


def test_charlie_is_a_stranger(charlie: Person, alice: Person) -> None:
    assert charlie.client().get(alice.url("search/"), {"q": "ada"}).status_code == 404
    assert charlie.client().get(charlie.url("search/palette"), {"q": "ada"}).json()["groups"] == []


def test_the_api_refuses_kinds_of_record_that_do_not_exist(alice: Person) -> None:
    api = Api(alice)
    assert [hit["title"] for hit in api.get("search?q=ada&nouns=contact,note").json()["data"]] == ["Ada Byron <b>"]
    refused = problem(api.get("search?q=ada&nouns=contact,unicorn"), 422, "invalid")
    assert refused["errors"][0]["parameter"] == "nouns" and "contact" in refused["detail"]


def test_the_palette_offers_the_settings_that_somebody_may_open(alice: Person, bob: Person) -> None:
    hers, his = (p.client().get(p.url("contacts/")).content.decode() for p in (alice, bob))
    assert f'<a href="{alice.url("settings/members/")}" data-group="Settings"' in hers
    assert f'href="{bob.url("settings/audit/")}" data-group="Settings"' not in his
    assert f'href="{bob.url("settings/notifications/")}" data-group="Settings"' in his
