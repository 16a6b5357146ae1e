"""Who becomes a client by an import did so then, or when the file says; a revert takes that back too."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.records.imports import verbs
from fairlead.records.imports.public import import_file
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def take(person: Person, content: str) -> None:
    import_file("contact", BytesIO(content.encode()), name="people.csv", by=person.actor, options={"overwrite": True})


@pytest.fixture
def lead(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        values = {"first_name": "Ada", "source": "referral", "emails": [{"address": "ada@heron.example"}]}
        return create_contact(values, by=alice.actor)


def test_a_known_lead_that_becomes_a_client(alice: Person, charlie: Person, lead: Contact) -> None:
    take(alice, "Email,Lifecycle Stage\nada@heron.example,customer\n")
    with firm_context(alice.firm.id):
        lead.refresh_from_db()
        assert lead.lifecycle == "client" and lead.converted_by_id == alice.membership.id
        assert lead.converted_at is not None and lead.converted_at > lead.created_at
        told = Event.rows().get(type="contact.converted")
        assert (told.contact_id, told.data["from"], told.data["source"]) == (lead.id, "Lead", "referral")
        assert set(Event.rows().get(type="contact.updated").data["changes"]) == {"lifecycle"}
        verbs.revert(ImportRun.rows().get().pk, by=alice.actor)
    drain()
    with firm_context(alice.firm.id):
        lead.refresh_from_db()
        assert (lead.lifecycle, lead.converted_at, lead.converted_by_id) == ("lead", None, None)
    with firm_context(charlie.firm.id):
        assert not Event.rows().filter(type="contact.converted").exists()


def test_the_file_says_since_when(alice: Person, lead: Contact) -> None:
    header = "Email,Lifecycle Stage,Became a Customer Date"
    take(alice, f"{header}\nada@heron.example,customer,2024-05-06 10:00\nben@heron.example,customer,2023-01-02 10:00\n")
    with firm_context(alice.firm.id):
        since = dict(Contact.rows().values_list("email", "converted_at"))
    assert since == {
        "ada@heron.example": datetime(2024, 5, 6, 10, tzinfo=UTC),
        "ben@heron.example": datetime(2023, 1, 2, 10, tzinfo=UTC),
    }


def test_who_is_a_client_stays_one_since_the_same_day(alice: Person, lead: Contact) -> None:
    take(alice, "Email,Lifecycle Stage\nada@heron.example,customer\n")
    with firm_context(alice.firm.id):
        lead.refresh_from_db()
        since = lead.converted_at
    take(alice, "Email,Lifecycle Stage,City\nada@heron.example,customer,Rome\n")
    with firm_context(alice.firm.id):
        lead.refresh_from_db()
        assert (lead.city, lead.converted_at) == ("Rome", since)
        assert Event.rows().filter(type="contact.converted").count() == 1
