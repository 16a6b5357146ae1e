"""A firm's own fields on contacts and companies."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import InvalidInput
from fairlead.people import access
from fairlead.people.actions.companies import create_company, update_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts, update_contact
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_custom_values_are_stored_indexed_and_told(alice: Person) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
        CustomField.objects.create(noun="contact", key="score", label="Score", kind="number", default=5)
        ada = create_contact({"first_name": "Ada", "custom.tier": "Gold"}, by=alice.actor)
        assert ada.custom == {"tier": "Gold", "score": 5}
        ada = update_contact(ada.id, {"custom": {"tier": "", "score": "7"}}, by=alice.actor, version=1)
        assert access.contact(alice.actor, ada.id).custom == {"score": 7}
        event = Event.rows().get(type="contact.updated")
        assert event.data["changes"]["custom.tier"] == ["Gold", None]
        assert set(event.data["fields"].split(", ")) == {"Tier", "Score"}
        assert FieldValue.rows().filter(record_id=ada.id).count() == 1
        delete_contacts([ada.id], by=alice.actor)
        purge_contacts([ada.id], by=alice.actor)
        assert not FieldValue.rows().exists()


def test_a_unique_value_and_a_wrong_key_are_refused(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="company", key="vat", label="VAT id", kind="text", is_unique=True)
        acme = create_company({"name": "Acme", "custom.vat": "GB1"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="already"):
            create_company({"name": "Bolt", "custom.vat": "GB1"}, by=alice.actor)
        with pytest.raises(InvalidInput) as error:
            update_company(acme.id, {"custom.vta": "GB2"}, by=alice.actor)
        assert set(error.value.fields) == {"custom.vta"}
        update_company(acme.id, {"custom.vat": "GB1", "city": "York"}, by=alice.actor)
    with firm_context(charlie.firm.id), pytest.raises(InvalidInput, match="no such field"):
        create_company({"name": "Acme", "custom.vat": "GB1"}, by=charlie.actor)
