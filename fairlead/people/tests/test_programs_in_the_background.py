"""What a program starts goes on after its request within the program's scopes, and in its name."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Company, Contact
from fairlead.records.actions import exports
from fairlead.records.models import ExportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def told(person: Person, kind: str) -> tuple[str, str, object]:
    with firm_context(person.firm.id):
        event = Event.rows().filter(type=kind).latest("recorded_at")
        return event.actor_kind, event.actor_label, event.key_id


def made(person: Person, name: str) -> Contact:
    with firm_context(person.firm.id):
        company = create_company({"name": "Acorn Ltd"}, by=person.actor)
        values = {"first_name": name, "email": f"{name}@acorn.example", "company": company.pk}
        found: Contact = create_contact(values, by=person.actor)
        return found


def exported(settings: Any, person: Person, columns: str) -> list[list[str]]:
    with firm_context(person.firm.id):
        run = ExportRun.rows().latest("created_at")
    text = (Path(settings.MEDIA_ROOT) / run.file).read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("at_once", [2_000, 0])
def test_an_export_shows_a_program_no_more_later_than_at_once(
    alice: Person, charlie: Person, settings: Any, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", at_once)
    made(alice, "ada")
    made(charlie, "cyd")
    asked = {"noun": "contact", "columns": ["first_name", "company"]}
    for scopes, company in (((), "Acorn Ltd"), (("contacts.view", "contacts.export"), "")):
        assert Api(alice, scopes).post("exports", asked).status_code in (200, 201, 202)
        drain()
        [_, row] = exported(settings, alice, "company")
        assert row[1:] == ["ada", company]


def test_a_bulk_action_is_told_in_the_programs_name(alice: Person, charlie: Person) -> None:
    ada, api = made(alice, "ada"), Api(alice, ("contacts.view", "contacts.edit"))
    asked = {"noun": "contact", "verb": "set", "params": {"field": "city", "value": "Bath"}, "ids": [str(ada.pk)]}
    run = api.post("bulk-runs", asked)
    assert run.status_code == 202, run.content
    drain()
    assert api.get(f"bulk-runs/{run.json()['id']}").json()["changed"] == 1
    assert told(alice, "contact.updated") == ("key", "Alice Ash (test)", api.key.pk)
    with firm_context(charlie.firm.id):
        assert not Event.rows().filter(type="contact.updated").exists()


def test_rights_that_the_member_lost_meanwhile_are_lost_to_the_program(alice: Person, bob: Person) -> None:
    ada, api = made(alice, "ada"), Api(bob, ("contacts.view", "contacts.edit"))
    asked = {"noun": "contact", "verb": "set", "params": {"field": "city", "value": "Bath"}, "ids": [str(ada.pk)]}
    run = api.post("bulk-runs", asked).json()
    with firm_context(bob.firm.id):
        bob.membership.role = "read_only"
        bob.membership.save(update_fields=["role"])
    drain()
    assert Api(alice).get(f"bulk-runs/{run['id']}").json()["state"] == "failed"
    with firm_context(alice.firm.id):
        assert Contact.rows().get().city == ""


def test_an_import_and_its_revert_are_told_in_the_programs_name(alice: Person) -> None:
    api = Api(alice, ("contacts.view", "contacts.import", "contacts.delete", "contacts.edit"))
    file = SimpleUploadedFile("p.csv", b"Email,Company name\nada@acorn.example,Acorn Ltd\n")
    headers = {"Authorization": f"Bearer {api.token}"}
    run = api.client.post("/api/v1/contacts/import", {"file": file, "options": json.dumps({})}, headers=headers).json()
    drain()
    name = ("key", "Alice Ash (test)", api.key.pk)
    assert told(alice, "contact.created") == told(alice, "import.finished") == name
    assert api.post(f"imports/{run['id']}/revert").status_code in (200, 202)
    drain()
    assert told(alice, "import.reverted") == told(alice, "contact.deleted") == name
    with firm_context(alice.firm.id):
        assert not Contact.rows().filter(deleted_at=None).exists()
        assert Company.rows().get().deleted_at is None, "the key may delete contacts alone"


def test_a_revert_that_is_no_longer_allowed_ends_and_says_why(alice: Person, bob: Person) -> None:
    with firm_context(bob.firm.id):
        bob.membership.role = "manager"
        bob.membership.save(update_fields=["role"])
    api = Api(bob)
    file = SimpleUploadedFile("p.csv", b"Email\nada@acorn.example\n")
    headers = {"Authorization": f"Bearer {api.token}"}
    run = api.client.post("/api/v1/contacts/import", {"file": file}, headers=headers).json()
    drain()
    assert api.post(f"imports/{run['id']}/revert").status_code in (200, 202)
    with firm_context(bob.firm.id):
        bob.membership.role = "read_only"
        bob.membership.save(update_fields=["role"])
    drain()
    found = Api(alice).get(f"imports/{run['id']}").json()
    assert found["status"] == "failed" and "does not allow this" in found["failure"]
    with firm_context(alice.firm.id):
        assert Contact.rows().get().deleted_at is None


def test_views_of_colleagues_leave_room_for_ones_own(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairlead.records.actions.saved_views.MAX_VIEWS", 2)
    for person in (bob, alice):
        for name in ("Warm", "Cold"):
            saved = Api(person).post("views", {"noun": "contact", "name": name, "scope": "private"})
            assert saved.status_code == 201, saved.content
    assert "Delete one first" in Api(alice).post("views", {"noun": "contact", "name": "Third"}).content.decode()
