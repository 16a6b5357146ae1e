"""/api/v1/custom-fields and /api/v1/imports, with contacts as the noun."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db
CSV = b"Email,First name,Shoe\nada@kestrel.example,Ada,38\n"


def test_a_field_is_added_used_filtered_archived_and_deleted(api: Api, bob: Person, charlie: Person) -> None:
    made = api.post("custom-fields", {"noun": "contact", "kind": "number", "label": "Shoe size"})
    assert made.status_code == 201, made.content
    key, path = made.json()["key"], f"custom-fields/{made.json()['id']}"
    for size in (38, 44):
        assert api.post("contacts", {"first_name": f"N{size}", "custom": {key: size}}).status_code == 201
    assert [c["custom"] for c in api.get(f"contacts?custom.{key}__gt=40").json()["data"]] == [{key: 44}]
    (wrong,) = problem(api.post("contacts", {"custom": {key: "big"}}), 422, "invalid")["errors"]
    assert wrong["pointer"] == f"/custom/{key}"
    assert api.patch(path, {"label": "Size of shoe"}).json()["label"] == "Size of shoe"
    problem(Api(bob).patch(path, {"label": "x"}), 403, "forbidden")
    for method, where, body in (
        ("GET", path, None), ("PATCH", path, {"label": "x"}), ("POST", f"{path}/archive", None), ("DELETE", path, None),
    ):  # fmt: skip
        problem(Api(charlie).call(method, where, body), 404, "not_found")
    problem(api.delete(f"{path}?confirm={key}"), 409, "conflict")
    assert api.post(f"{path}/archive").json()["archived_at"]
    assert api.get("custom-fields").json()["data"] == []
    problem(api.delete(path), 422, "invalid")
    assert api.delete(f"{path}?confirm={key}").status_code == 204


def test_a_file_is_uploaded_set_up_and_started(api: Api, bob: Person, charlie: Person) -> None:
    headers = {"Authorization": f"Bearer {api.token}"}
    file = SimpleUploadedFile("people.csv", CSV, "text/csv")
    made = api.client.post("/api/v1/imports", {"noun": "contact", "file": file}, headers=headers)
    assert made.status_code == 201, made.content
    path = f"imports/{made.json()['id']}"
    assert [c["target"] for c in made.json()["columns"]][:2] == ["email", "first_name"]
    changed = api.patch(path, {"mapping": {"Shoe": None}, "options": {"mode": "create"}})
    assert (changed.status_code, changed.json()["options"]["mode"]) == (200, "create"), changed.content
    problem(api.patch(path, {"mapping": {"Nowhere": "email"}}), 422, "invalid")
    problem(api.patch(path, {"options": {"mode": "guess"}}), 422, "invalid")
    for method, where, body in (
        ("GET", path, None), ("PATCH", path, {}), ("POST", f"{path}/start", None), ("GET", f"{path}/errors", None),
        ("POST", f"{path}/cancel", None), ("POST", f"{path}/revert", None), ("POST", f"{path}/rehearse", None),
    ):  # fmt: skip
        problem(Api(charlie).call(method, where, body), 404, "not_found")
    problem(Api(bob, scopes=("contacts.view",)).get("imports"), 403, "forbidden")
    started = api.post(f"{path}/start")
    assert (started.status_code, started.json()["status"]) == (202, "queued")
    problem(api.patch(path, {"mapping": {}}), 409, "conflict")
    assert api.get(f"{path}/errors").json()["data"] == []
    assert api.get("imports").json()["data"][0]["file_name"] == "people.csv"
