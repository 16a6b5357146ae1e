"""What a new firm starts with, and what passes on when somebody leaves."""

import pytest

from fairlead.accounts.public import create_firm, handover
from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.handover import COMPANIES, CONTACTS
from fairlead.people.models import Company, Contact, ContactList
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_every_new_firm_has_the_list_of_all_contacts() -> None:
    firm = create_firm("dogwood", "Dogwood", "dana@dogwood.example", "correct-horse-battery").firm
    with firm_context(firm.id):
        assert ContactList.rows().get().is_primary


def test_what_a_leaver_owned_passes_on_with_events(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        create_contact({"first_name": "Other", "owner": charlie.membership.id}, by=charlie.actor)
    with firm_context(alice.firm.id):
        for name in ("Ada", "Ben"):
            create_contact({"first_name": name, "owner": bob.membership.id}, by=alice.actor)
        create_company({"name": "Acme", "owner": bob.membership.id}, by=alice.actor)
        assert handover.pass_on_all(CONTACTS, bob.membership.id, alice.membership.id, by=alice.actor) == 2
        assert handover.pass_on_all(COMPANIES, bob.membership.id, alice.membership.id, by=alice.actor) == 1
        assert {c.owner_id for c in (*Contact.rows(), *Company.rows())} == {alice.membership.id}
        assert Event.rows().filter(type="contact.owner_changed", data__to="Alice Ash").count() == 2
    with firm_context(charlie.firm.id):
        assert Contact.rows().get().owner_id == charlie.membership.id
