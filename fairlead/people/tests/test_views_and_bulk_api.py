"""/api/v1/views and /api/v1/bulk-runs, with contacts as the noun."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_a_view_is_saved_changed_shared_and_deleted(api: Api, bob: Person, charlie: Person) -> None:
    tree = {"all": [{"field": "country", "op": "is", "value": "DE"}]}
    sent = {"noun": "contact", "name": "Germans", "criteria": tree, "sort": "-name", "columns": ["name", "email"]}
    made = api.post("views", sent)
    assert made.status_code == 201, made.content
    path = f"views/{made.json()['id']}"
    assert (made.json()["criteria"], made.json()["scope"]) == (tree, "private")
    problem(Api(bob).get(path), 404, "not_found")
    assert api.patch(path, {"scope": "firm"}).json()["scope"] == "firm"
    assert Api(bob).get(path).json()["name"] == "Germans"
    problem(Api(bob).patch(path, {"name": "x"}), 403, "forbidden")
    for method, body in (("GET", None), ("PATCH", {"name": "x"}), ("DELETE", None)):
        problem(Api(charlie).call(method, path, body), 404, "not_found")
    assert [v["name"] for v in api.get("views?noun=contacts").json()["data"]] == ["Germans"]
    problem(api.get("views?noun=unicorn"), 422, "invalid")
    (wrong,) = problem(api.patch(path, {"criteria": {"any": []}}), 422, "invalid")["errors"]
    assert (wrong["field"], wrong["pointer"]) == ("criteria.any", "/criteria/any")
    assert api.delete(path).status_code == 204
    problem(api.get(path), 404, "not_found")


def test_a_name_stands_once_for_an_owner_and_sharing(api: Api, alice: Person, bob: Person, charlie: Person) -> None:
    sent = {"noun": "contact", "name": "Clients"}
    for person in (alice, bob, charlie):
        assert Api(person).post("views", sent).status_code == 201
    (wrong,) = problem(api.post("views", {**sent, "name": " clients "}), 422, "invalid")["errors"]
    assert (wrong["field"], wrong["code"]) == ("name", "taken")
    assert api.post("views", {**sent, "noun": "company"}).status_code == 201
    shared = api.post("views", {**sent, "scope": "firm"}).json()["id"]
    (wrong,) = problem(api.patch(f"views/{shared}", {"scope": "private"}), 422, "invalid")["errors"]
    assert (wrong["field"], wrong["code"]) == ("name", "taken")
    assert api.patch(f"views/{shared}", {"name": "CLIENTS"}).json()["name"] == "CLIENTS"
    page = alice.client().post(
        alice.url("records/contact/views/new"), {"name": "Clients", "scope": "private"}, headers=HTMX
    )
    assert page.status_code == 422 and "already a view of this list" in page.content.decode()
    assert api.get("views?noun=contact").json()["data"][0]["name"] == "Clients"


def test_a_bulk_action_is_started_seen_and_stopped(api: Api, bob: Person, charlie: Person) -> None:
    ada = api.post("contacts", {"first_name": "Ada"}).json()["id"]
    assert "delete" in {v["name"] for v in api.get("bulk-runs/verbs?noun=contact").json()["data"]}
    problem(api.post("bulk-runs", {"noun": "contact", "verb": "delete"}), 422, "invalid")
    problem(api.post("bulk-runs", {"noun": "contact", "verb": "explode", "ids": [ada]}), 422, "invalid")
    made = api.post("bulk-runs", {"noun": "contact", "verb": "delete", "ids": [ada]})
    assert (made.status_code, made.json()["state"]) == (202, "queued"), made.content
    path = f"bulk-runs/{made.json()['id']}"
    assert api.get("bulk-runs").json()["data"][0]["id"] == made.json()["id"]
    problem(Api(bob).get(path), 404, "not_found")
    for method, where in (("GET", path), ("POST", f"{path}/cancel"), ("POST", f"{path}/undo")):
        problem(Api(charlie).call(method, where), 404, "not_found")
    assert api.post(f"{path}/cancel").json()["state"] == "cancelled"
    problem(api.post(f"{path}/undo"), 409, "conflict")
