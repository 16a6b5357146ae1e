"""Creating and changing contacts."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people import access
from fairlead.people.actions.contacts import create_contact, delete_contacts, restore_contacts, update_contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
ADA = {"first_name": "Ada", "last_name": "Byron", "email": "Ada@Kestrel.example", "phone": "020 7946 0011"}


def test_a_contact_is_created_with_its_event(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact(ADA, by=alice.actor)
        assert (ada.name, ada.sort_key, ada.phone) == ("Ada Byron", "byron ada", "+442079460011")
        assert [e.address_norm for e in ada.emails.all()] == ["ada@kestrel.example"]
        event = Event.rows().get(contact_id=ada.id)
        assert (event.type, event.actor_id, event.data["name"]) == ("contact.created", alice.membership.id, "Ada Byron")


def test_an_address_belongs_to_one_contact_of_a_firm_whatever_its_case(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        create_contact(ADA, by=alice.actor)
        with pytest.raises(InvalidInput, match="already belongs"):
            create_contact({"email": "ADA@kestrel.EXAMPLE"}, by=alice.actor)
    with firm_context(charlie.firm.id):
        assert create_contact({"email": "ada@kestrel.example"}, by=charlie.actor).pk


def test_every_wrong_field_is_named(alice: Person) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as error:
        create_contact({"country": "Atlantis", "birthday": "31.2.", "shoe_size": 4, "created_at": "x"}, by=alice.actor)
    assert set(error.value.fields) == {"country", "birthday", "shoe_size", "created_at"}


def test_the_second_of_two_editors_is_told(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact(ADA, by=alice.actor)
        update_contact(ada.id, {"city": "London"}, by=bob.actor, version=1)
        with pytest.raises(StaleVersion) as error:
            update_contact(ada.id, {"city": "Paris"}, by=alice.actor, version=1)
        assert error.value.current == 2
        assert access.contact(alice.actor, ada.id).city == "London"


def test_the_bin_frees_the_address_and_gives_it_back(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact(ADA, by=alice.actor)
        assert delete_contacts([ada.id], by=alice.actor) == 1
        with pytest.raises(NotFound):
            access.contact(alice.actor, ada.id)
        other = create_contact({"email": "ada@kestrel.example"}, by=alice.actor)
        with pytest.raises(InvalidInput, match="already belongs"):
            restore_contacts([ada.id], by=alice.actor)
        delete_contacts([other.id], by=alice.actor)
        assert restore_contacts([ada.id], by=alice.actor) == 1


def test_charlie_can_neither_see_nor_touch_alices_contact(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact(ADA, by=alice.actor)
    with firm_context(charlie.firm.id):
        with pytest.raises(NotFound):
            update_contact(ada.id, {"city": "Rome"}, by=charlie.actor)
        assert delete_contacts([ada.id], by=charlie.actor) == 0


def test_reading_is_not_writing(alice: Person, bob: Person) -> None:
    bob.membership.role = "read_only"
    with firm_context(alice.firm.id):
        bob.membership.save()
        with pytest.raises(Forbidden):
            create_contact(ADA, by=bob.actor)


def test_two_with_one_address_do_not_come_back_together(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = []
        for _ in range(2):
            ids.append(create_contact(ADA, by=alice.actor).id)
            delete_contacts(ids[-1:], by=alice.actor)
        with pytest.raises(InvalidInput, match="same address"):
            restore_contacts(ids, by=alice.actor)
        assert restore_contacts(ids[:1], by=alice.actor) == 1
