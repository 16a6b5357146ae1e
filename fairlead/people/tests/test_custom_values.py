"""A firm's own fields on contacts and companies."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import InvalidInput
from fairlead.people import access
from fairlead.people.actions.companies import create_company, update_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, purge_contacts, update_contact
from fairlead.people.models import Contact
from fairlead.records.models import CustomField, FieldValue
from fairlead.records.public import Criteria, nouns
from fairlead.tenancy.public import Firm, firm_context

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


def test_an_amount_without_a_currency_is_asked_for_in_the_firms(alice: Person) -> None:
    with firm_context(alice.firm.id):
        Firm.objects.filter(pk=alice.firm.id).update(currency="EUR")
        CustomField.objects.create(noun="contact", key="budget", label="Budget", kind="money")
        ada = create_contact({"first_name": "Ada", "custom.budget": "70"}, by=alice.actor)
        create_contact({"first_name": "Ben", "custom.budget": "70 USD"}, by=alice.actor)
        asked = Criteria(nouns.get("contact"), {"field": "custom.budget", "op": "gte", "value": 50}, by=alice.actor)
        assert [found.pk for found in asked.filter(access.contacts(alice.actor))] == [ada.pk]


def test_the_pages_offer_every_option_and_keep_those_of_the_past(alice: Person) -> None:
    options = [{"value": "r", "label": "Red"}, {"value": "g", "label": "Green"},
               {"value": "old", "label": "Old", "archived": True}]  # fmt: skip
    with firm_context(alice.firm.id):
        likes = CustomField.objects.create(
            noun="contact", key="likes", label="Likes", kind="multi_select", is_required=True, options=options
        )
        ada = create_contact({"first_name": "Ada", "custom.likes": ["r"]}, by=alice.actor)
        Contact.rows().filter(pk=ada.pk).update(custom={"likes": ["r", "old"]})
    client, at = alice.client(), alice.url(f"contacts/{ada.pk}/")
    shown = client.get(at).content.decode()
    assert "<span>Red</span>" in shown and "<span>Old</span>" in shown
    form = client.get(f"{at}facts/custom-likes", headers={"HX-Request": "true"}).content.decode()
    assert [value in form for value in ('value="r"', 'value="g"', 'value="old"')] == [True] * 3
    new = client.get(alice.url("contacts/new"), headers={"HX-Request": "true"}).content.decode()
    assert 'value="r"' in new and 'value="old"' not in new
    typed = {"custom-likes": ["g", "old"]}
    assert client.post(f"{at}facts/custom-likes", typed, headers={"HX-Request": "true"}).status_code == 200
    with firm_context(alice.firm.id):
        assert Contact.rows().get().custom == {"likes": ["g", "old"]}
        assert likes.as_field().options != likes.as_field().every_option


def test_everything_that_is_wrong_is_told_at_once(alice: Person) -> None:
    with firm_context(alice.firm.id):
        for noun in ("contact", "company"):
            CustomField.objects.create(noun=noun, key="budget", label="Budget", kind="money")
        ada = create_contact({"first_name": "Ada", "email": "ada@heron.example"}, by=alice.actor)
        wrong = {"birthday": "soon", "owner": ada.id, "emails": [{"address": "x"}], "custom.budget": "much"}
        for verb in (
            lambda: create_contact({"first_name": "Ben", **wrong}, by=alice.actor),
            lambda: update_contact(ada.id, wrong, by=alice.actor),
        ):
            with pytest.raises(InvalidInput) as error:
                verb()
            assert set(error.value.fields) == {"birthday", "emails.0.address", "custom.budget"}
        with pytest.raises(InvalidInput) as error:
            create_company({"custom.budget": "much"}, by=alice.actor)
        assert set(error.value.fields) == {"name", "custom.budget"}
        with pytest.raises(InvalidInput) as error:
            create_contact({"email": "ADA@heron.example"}, by=alice.actor)
        assert error.value.code == "taken"
        assert access.contacts(alice.actor).get().email == "ada@heron.example"
