"""Consent, channel preferences and blocked addresses."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people import access
from fairlead.people.actions.consent import opt_in, opt_out, release, set_channels, suppress
from fairlead.people.actions.contacts import convert_contact, create_contact, update_contact
from fairlead.people.models import Suppression
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_opting_out_sets_all_three_in_one_step(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        assert opt_out([ada.id], reason="asked on the phone", by=alice.actor) == 1
        assert opt_out([ada.id], by=alice.actor) == 0
        ada = access.contact(alice.actor, ada.id)
        assert (ada.opt_in_status, ada.do_not_contact, ada.version) == ("OPTED_OUT", True, 2)
        assert ada.opt_out_date is not None
        assert Event.rows().get(type="contact.opted_out").data["reason"] == "asked on the phone"
        opt_in([ada.id], by=alice.actor)
        ada.refresh_from_db()
        assert (ada.opt_in_status, ada.do_not_contact, ada.opt_out_date) == ("OPTED_IN", False, None)


def test_consent_cannot_be_set_by_the_way(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        with pytest.raises(InvalidInput):
            update_contact(ada.id, {"do_not_contact": False}, by=alice.actor)


def test_channel_preferences_are_kept_one_by_one(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        set_channels(ada.id, {"sms": False, "email": True}, by=alice.actor, version=1)
        set_channels(ada.id, {"email": None}, by=alice.actor)
        assert access.contact(alice.actor, ada.id).channels == {"sms": False}
        with pytest.raises(StaleVersion):
            set_channels(ada.id, {"web": True}, by=alice.actor, version=1)
        with pytest.raises(InvalidInput) as error:
            set_channels(ada.id, {"pigeon": True, "sms": "maybe"}, by=alice.actor)  # type: ignore[dict-item]
        assert set(error.value.fields) == {"channels.pigeon", "channels.sms"}


def test_an_address_is_blocked_once_and_released(alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"email": "ada@kestrel.example"}, by=alice.actor)
        first = suppress("email", " ADA@kestrel.example", reason="bounce", by=alice.actor)
        assert suppress("email", "ada@kestrel.example", by=alice.actor).id == first.id
        assert Event.rows().get(type="address.suppressed").contact_id == ada.id
        assert suppress("sms", "020 7946 0011", by=alice.actor).address_norm == "+442079460011"
        for channel, address in (("sms", "abc"), ("email", "x"), ("fax", "1")):
            with pytest.raises(InvalidInput):
                suppress(channel, address, by=alice.actor)
        release(first.id, by=alice.actor)
        assert Suppression.rows().count() == 1


def test_becoming_a_client_is_kept_with_who_and_when(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada", "lifecycle": "prospect", "source": "referral"}, by=alice.actor)
        ada = convert_contact(ada.id, client_type="Retainer", by=bob.actor)
        assert (ada.lifecycle, ada.client_type, ada.converted_by_id) == ("client", "Retainer", bob.membership.id)
        assert ada.converted_at is not None
        assert Event.rows().get(type="contact.converted").data["source"] == "referral"
        assert Event.rows().get(type="contact.stage_changed").data["from"] == "Prospect"


def test_charlie_and_readers_stay_out(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        blocked = suppress("email", "x@y.example", by=alice.actor)
        bob.membership.role = "read_only"
        bob.membership.save()
        with pytest.raises(Forbidden):
            opt_out([ada.id], by=bob.actor)
    with firm_context(charlie.firm.id):
        assert opt_out([ada.id], by=charlie.actor) == 0
        with pytest.raises(NotFound):
            release(blocked.id, by=charlie.actor)
        with pytest.raises(NotFound):
            set_channels(ada.id, {"sms": True}, by=charlie.actor)
