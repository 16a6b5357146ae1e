"""POST /api/v1/contacts/import and GET /api/v1/contacts/export."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.people.models import Contact
from fairlead.people.tests.importing.test_files import DATA
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def send(api: Api, name: str, **more: str) -> dict[str, object]:
    file = SimpleUploadedFile(name, (DATA / name).read_bytes())
    headers = {"Authorization": f"Bearer {api.token}"}
    response = api.client.post("/api/v1/contacts/import", {"file": file, **more}, headers=headers)
    assert response.status_code == 202, response.content
    drain()
    return api.get(f"imports/{response.json()['id']}").json()  # type: ignore[no-any-return]


def test_a_file_in_and_the_list_out(alice: Person, bob: Person, charlie: Person) -> None:
    api = Api(alice)
    found = send(api, "formulas.csv", options=json.dumps({"tags": ["fair"]}), mapping=json.dumps({"company": None}))
    assert (found["status"], found["created"]) == ("done", 3)
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(company=None).count() == 3
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()
    response = api.get("contacts/export?columns=first_name,email&filter=" + json.dumps(
        {"field": "email", "op": "contains", "value": "f1@"}))  # fmt: skip
    assert response.status_code == 200, response.content
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    header, row = text.splitlines()
    assert header.endswith("First name,Email") and row.endswith("'=1+1,f1@acorn.example")
    with firm_context(alice.firm.id):
        assert Event.rows().filter(type="export.made").count() == 1
    problem(Api(bob).get("contacts/export"), 403, "forbidden")


def test_a_dry_run_writes_nothing(alice: Person) -> None:
    found = send(Api(alice), "case-duplicates.csv", dry_run="true")
    assert found["dry_run"]["created"] == 2 and found["created"] == 0  # type: ignore[index]
    with firm_context(alice.firm.id):
        assert not Contact.rows().exists()


def test_wrong_words_are_refused(alice: Person) -> None:
    api = Api(alice)
    headers = {"Authorization": f"Bearer {api.token}"}
    for more in (
        {"mapping": "[1]"},
        {"mapping": "{"},
        {"options": '{"mode": "guess"}'},
        {"mapping": '{"Nowhere": "email"}'},
    ):
        file = SimpleUploadedFile("f.csv", b"email\na@x.example\n")
        problem(api.client.post("/api/v1/contacts/import", {"file": file, **more}, headers=headers), 422, "invalid")
