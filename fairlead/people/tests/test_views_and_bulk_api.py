"""/api/v1/views and /api/v1/bulk-runs, with contacts as the noun."""

from importlib import import_module

import pytest
from django.db import connection

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.tenancy.public import firm_context

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


def test_views_of_one_name_are_numbered_by_the_migration(alice: Person) -> None:
    numbered = import_module("fairlead.records.migrations.0009_view_names_once").NUMBERED
    rows = ("Clients", "CLIENTS", "Clients (2)", "x" * 80, "X" * 80, "Other")
    with firm_context(alice.firm.id), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE old_views (id int, created_at int DEFAULT 0, firm_id int DEFAULT 1, noun text DEFAULT "
            "'contact', owner_id int DEFAULT 1, scope text DEFAULT 'private', team_id int, name text, name_norm text)"
        )
        cursor.executemany("INSERT INTO old_views (id, name) VALUES (%s, %s)", list(enumerate(rows)))
        cursor.execute("INSERT INTO old_views (id, firm_id, name) VALUES (9, 2, 'Clients')")
        cursor.execute(numbered.format(table="old_views"))
        cursor.execute("SELECT name, name_norm FROM old_views ORDER BY id")
        found = cursor.fetchall()
        cursor.execute("DROP TABLE old_views")
    names = ["Clients", "CLIENTS (3)", "Clients (2)", "x" * 80, "X" * 76 + " (2)", "Other", "Clients"]
    assert found == [(name, name.lower()) for name in names]


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
