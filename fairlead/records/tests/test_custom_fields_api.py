"""Custom fields through the API."""

import json
from typing import Any

import pytest
from django.test import Client

from fairlead.accounts.actions.keys import create_key
from fairlead.accounts.tests.cast import Person
from fairlead.records.models import CustomField
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
AT = "/api/v1/custom-fields"


def call(person: Person, method: str, path: str = "", body: Any = None) -> Any:
    with firm_context(person.firm.id):
        _, secret = create_key({"name": "test"}, by=person.actor)
    headers = {"Authorization": f"Bearer {secret}"}
    return Client(headers=headers).generic(
        method, AT + path, json.dumps(body) if body is not None else b"", "application/json"
    )


def test_a_field_lives_and_dies_through_the_api(alice: Person) -> None:
    made = call(
        alice,
        "POST",
        "",
        {"noun": "contact", "kind": "dropdown", "label": "Tier", "options": [{"label": "Gold"}, {"label": "Old"}]},
    )
    assert made.status_code == 201, made.content
    field = made.json()
    assert (field["key"], field["options"][0]["value"]) == ("tier", "gold")
    assert [f["key"] for f in call(alice, "GET").json()["data"]] == ["tier"]
    assert call(alice, "PATCH", f"/{field['id']}", {"label": "Level", "is_required": True}).json()["label"] == "Level"
    assert call(alice, "PATCH", f"/{field['id']}", {"kind": "text"}).status_code == 422
    assert call(alice, "PATCH", f"/{field['id']}", {"default": "Bronze"}).status_code == 422
    merged = call(alice, "POST", f"/{field['id']}/merge-options", {"gone": "old", "kept": "gold"})
    assert merged.json() == {"changed": 0}
    assert call(alice, "POST", f"/{field['id']}/archive").json()["archived_at"]
    assert call(alice, "GET").json()["data"] == []
    assert len(call(alice, "GET", "?archived=true").json()["data"]) == 1
    assert call(alice, "POST", f"/{field['id']}/restore").json()["archived_at"] is None
    assert call(alice, "DELETE", f"/{field['id']}?confirm=tier").status_code == 409
    call(alice, "POST", f"/{field['id']}/archive")
    assert call(alice, "DELETE", f"/{field['id']}?confirm=no").status_code == 422
    assert call(alice, "DELETE", f"/{field['id']}?confirm=tier").status_code == 204
    assert call(alice, "GET", f"/{field['id']}").status_code == 404


def test_bob_reads_and_charlie_finds_nothing(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        field = CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
    assert call(bob, "GET", f"/{field.id}").status_code == 200
    assert call(bob, "PATCH", f"/{field.id}", {"label": "X"}).status_code == 403
    assert call(charlie, "GET").json()["data"] == []
    for method, path in (("GET", ""), ("PATCH", ""), ("POST", "/archive"), ("DELETE", "?confirm=tier")):
        assert (
            call(charlie, method, f"/{field.id}{path}", {"label": "X"} if method == "PATCH" else None).status_code
            == 404
        )
    assert call(alice, "GET", "?noun=dragon").status_code == 422
