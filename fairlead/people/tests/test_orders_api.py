"""Lists over the API in the order of the firm's own fields, and their quick search."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(alice: Person, charlie: Person) -> Api:
    api = Api(alice)
    for kind, label in (("number", "Score"), ("multi_select", "Topics")):
        options = {"options": [{"label": "Tax"}]} if kind == "multi_select" else {}
        assert (
            api.post("custom-fields", {"noun": "contact", "kind": kind, "label": label, **options}).status_code == 201
        )
    items = [{"first_name": f"N{n}", "custom": {"score": n % 5}} for n in range(12)]
    items += [{"first_name": f"Blank{n}"} for n in range(4)]
    assert api.post("contacts/batch/create", {"items": items}).json()["failed"] == 0
    Api(charlie).post("contacts", {"first_name": "Strange"})
    return api


def walk(api: Api, url: str) -> list[Any]:
    found = []
    while url:
        page = api.get(url).json()
        found += [c["custom"].get("score") for c in page["data"]]
        url = page["next"]
    return found


def test_pages_follow_a_field_of_the_firm_and_end_with_the_blank(api: Api) -> None:
    rising = sorted(n % 5 for n in range(12))
    assert walk(api, "contacts?limit=5&sort=custom.score") == rising + [None] * 4
    assert walk(api, "contacts?limit=5&sort=-custom.score") == rising[::-1] + [None] * 4
    assert walk(api, "contacts?limit=3&sort=custom.score&first_name=N1") == [1]
    last = api.get("contacts?limit=15&sort=custom.score").json()["next"]
    assert [c["custom"] for c in api.get(last).json()["data"]] == [{}]
    back = api.get(last).json()["previous"]
    assert len(api.get(back).json()["data"]) == 15
    with CaptureQueriesContext(connection) as first:
        api.get("contacts?limit=3&sort=custom.score")
    with CaptureQueriesContext(connection) as deep:
        api.get(api.get("contacts?limit=3&sort=custom.score").json()["next"])
    assert len(deep) == 2 * len(first)


def test_a_field_that_has_no_order_or_does_not_exist_is_named(api: Api) -> None:
    for name in ("custom.topics", "custom.shoe_size", "-custom.shoe_size"):
        errors = problem(api.get(f"contacts?sort={name}"), 422, "invalid")["errors"]
        assert [e["parameter"] for e in errors] == ["sort"], errors
    problem(api.get("contacts?sort=shoe_size"), 422, "invalid")
    problem(api.get("contacts?sort=custom."), 422, "invalid")
    cursor = api.get("contacts?limit=3&sort=custom.score").json()["next"].replace("custom.score", "-custom.score")
    problem(api.get(cursor), 422, "invalid")


def test_the_quick_search_narrows_a_list_and_a_search(api: Api, charlie: Person) -> None:
    api.post("contacts", {"first_name": "Zoë", "last_name": "Quill", "email": "zq@quill.example"})
    for url in ("contacts?q=quill", "contacts?q=zq@quill", "contacts?q=quill&sort=custom.score"):
        assert [c["name"] for c in api.get(url).json()["data"]] == ["Zoë Quill"], url
    assert [c["name"] for c in api.post("contacts/search?q=quill", {}).json()["data"]] == ["Zoë Quill"]
    assert api.get("contacts?q=quill&country=DE").json()["data"] == []
    assert Api(charlie).get("contacts?q=quill").json()["data"] == []
