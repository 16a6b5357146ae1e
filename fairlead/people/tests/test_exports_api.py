"""/api/v1/exports, with contacts as the noun."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db
SENT = {"noun": "contact", "columns": ["first_name", "email"]}


def test_a_list_is_exported_and_fetched_by_its_maker_only(alice: Person, bob: Person, charlie: Person) -> None:
    api = Api(alice)
    api.post("contacts", {"first_name": "=1+1", "email": "ada@kestrel.example"})
    made = api.post("exports", SENT)
    assert (made.status_code, made.json()["state"], made.json()["done"]) == (202, "done", 1), made.content
    path = f"exports/{made.json()['id']}"
    text = b"".join(api.get(f"{path}/file").streaming_content).decode("utf-8-sig")
    assert "ada@kestrel.example" in text
    assert ",=1+1" not in text
    for person in (bob, charlie):
        for method, where in (("GET", path), ("GET", f"{path}/file"), ("POST", f"{path}/cancel")):
            problem(Api(person).call(method, where), 404, "not_found")
    problem(api.post(f"{path}/cancel"), 409, "conflict")
    assert [e["id"] for e in api.get("exports").json()["data"]] == [made.json()["id"]]


def test_without_the_permission_nothing_is_exported(alice: Person, bob: Person) -> None:
    problem(Api(bob, scopes=("contacts.view",)).post("exports", SENT), 403, "forbidden")
    problem(Api(alice).post("exports", {**SENT, "columns": ["shoe_size"]}), 422, "invalid")
    problem(Api(alice).post("exports", {**SENT, "format": "pdf"}), 422, "invalid")
