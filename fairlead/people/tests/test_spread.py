"""How contacts and companies spread: on the page, on the map, through the API, and in the lists behind the figures."""

import json

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.people import spread, worldmap
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.nouns.contact import CONTACT
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        berlin = {"city": "Berlin", "country": "DE", "time_zone": "Europe/Berlin", "region": "Berlin"}
        create_contact({"first_name": "Ada", **berlin, "lifecycle": "client"}, by=alice.actor)
        create_contact({"first_name": "Ben", **berlin, "city": "BERLIN"}, by=alice.actor)
        create_contact({"first_name": "Cas", "city": "Berlin", "country": "US"}, by=alice.actor)
        create_contact({"first_name": "Dan"}, by=alice.actor)
        create_company({"name": "Acme", "country": "FR", "city": "Lyon"}, by=alice.actor)
    with firm_context(charlie.firm.id):
        create_contact({"first_name": "Sid", **berlin, "country": "SE"}, by=charlie.actor)


def lines(person: Person, by: str, criteria: object = None) -> list[tuple[str, int, float]]:
    with firm_context(person.firm.id):
        found = spread.over(CONTACT, by, actor=person.actor, criteria=criteria)
    return [(line.label, line.count, line.share) for line in found.lines]


@pytest.mark.usefixtures("people")
def test_places_are_counted_however_they_are_spelled(alice: Person, bob: Person, charlie: Person) -> None:
    assert lines(bob, "country") == [("Germany", 2, 50.0), ("", 1, 25.0), ("United States", 1, 25.0)]
    assert lines(alice, "city") == [("Berlin, Germany", 2, 50.0), ("", 1, 25.0), ("Berlin, United States", 1, 25.0)]
    assert lines(alice, "time_zone") == [("", 2, 50.0), ("Europe/Berlin", 2, 50.0)]
    assert lines(alice, "region", {"field": "lifecycle", "op": "is", "value": "client"}) == [
        ("Berlin, Germany", 1, 100.0)
    ]
    assert lines(charlie, "country") == [("Sweden", 1, 100.0)]


@pytest.mark.usefixtures("people")
def test_a_line_counts_exactly_those_whom_its_filter_finds(alice: Person, charlie: Person) -> None:
    for by in spread.DIMENSIONS:
        told = Api(alice).get(f"distribution?by={by}").json()
        assert told["total"] == 4 and told["left_out"] == 0
        for line in told["data"]:
            found = Api(alice).get(f"contacts?total=true&filter={json.dumps(line['filter'])}").json()
            assert found["total"] == line["count"], (by, line)
    told = Api(alice).get("distribution?by=completeness").json()
    assert told["mean_completeness"] > 0 and all(line["label"].endswith("%") for line in told["data"])
    assert Api(alice).get("distribution?of=companies").json()["data"][0]["country"] == "FR"
    assert [line["country"] for line in Api(charlie).get("distribution").json()["data"]] == ["SE"]


@pytest.mark.usefixtures("people")
def test_wrong_questions_are_refused_at_their_place(alice: Person) -> None:
    api = Api(alice)
    told = problem(api.get("distribution?of=companies&by=completeness"), 422, "invalid")
    assert told["errors"][0]["parameter"] == "by"
    told = problem(api.get('distribution?filter={"field":"nothing","op":"is"}'), 422, "invalid")
    assert told["errors"][0]["parameter"].startswith("filter")


@pytest.mark.usefixtures("people")
def test_the_page_draws_the_map_and_leads_to_the_lists(alice: Person, charlie: Person) -> None:
    page = alice.client().get(alice.url("distribution/")).content.decode()
    assert "Germany: 2" in page and "land is-5" in page and "Not known" in page
    link = next(part.split('"')[0] for part in page.split('href="')[1:] if "criteria" in part and "DE" in part)
    behind = alice.client().get(link.replace("&amp;", "&")).content.decode()
    assert "Ada" in behind and "Ben" in behind and ">Cas<" not in behind
    asked = json.dumps({"field": "city", "op": "is", "value": "Berlin"})
    head = alice.client().get(alice.url("contacts/"), {"criteria": asked}).content.decode()
    assert "distribution/?of=contacts&amp;criteria=" in head
    page = alice.client().get(alice.url("distribution/"), {"criteria": asked, "by": "completeness"}).content.decode()
    assert "complete on average" in page and "Only those whom the filter" in page
    for wrong in ("{", '{"field": "nothing", "op": "is"}'):
        page = alice.client().get(alice.url("distribution/"), {"criteria": wrong})
        assert page.status_code == 200 and "alert-danger" in page.content.decode()
    assert "Lyon" in alice.client().get(alice.url("distribution/?of=companies&by=city")).content.decode()
    assert "Berlin" not in charlie.client().get(charlie.url("distribution/")).content.decode()


def test_the_map_knows_small_countries_and_colours_by_halves() -> None:
    drawn = worldmap.drawn({"DE": 100, "FR": 50, "IT": 3, "MT": 4, "": 7})
    steps = {land.name: land.step for land in drawn.lands if land.step}
    assert steps == {"Germany": 5, "France": 4, "Italy": 1} and drawn.hidden == 4
