"""A merge is taken back after others took what was free meanwhile, or by somebody who may not see both records."""

from dataclasses import replace

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import Forbidden, NotFound
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Contact, ContactEmail
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.duplicates.public import merge_records, undo_merge
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", ["winner", "loser"])
def test_a_unique_value_stays_with_who_took_it_meanwhile(alice: Person, side: str) -> None:
    by = alice.actor
    with firm_context(alice.firm.id):
        field = CustomField.objects.create(noun="contact", key="badge", label="Badge", kind="text", is_unique=True)
        anna = create_contact({"first_name": "Anna", "custom": {"badge": "winner"}}, by=by)
        other = create_contact({"first_name": "Ana", "custom": {"badge": "loser"}}, by=by)
        kept = "loser" if side == "winner" else "winner"
        made = merge_records(CONTACT, anna.id, other.id, {"custom.badge": kept}, by=by)
        zoe = create_contact({"first_name": "Zoe", "custom": {"badge": side}}, by=by)
        assert undo_merge(made.id, by=by).kept == ["Badge is another record’s by now."]
        whose = dict(Contact.rows().values_list("id", "custom"))
        left = (
            {"winner": {}, "loser": {"badge": "loser"}}
            if side == "winner"
            else {"winner": {"badge": "winner"}, "loser": {}}
        )
        assert whose == {anna.id: left["winner"], other.id: left["loser"], zoe.id: {"badge": side}}
        assert FieldValue.rows().filter(field_id=field.id).count() == 2


def test_an_address_that_went_to_somebody_else_leads_nobody_else(alice: Person) -> None:
    by = alice.actor
    with firm_context(alice.firm.id):
        anna = create_contact({"first_name": "Anna", "emails": ["anna@x.example"]}, by=by)
        other = create_contact({"emails": ["ana@x.example", "home@x.example"]}, by=by)
        made = merge_records(CONTACT, anna.id, other.id, {}, by=by)
        update_contact(anna.id, {"emails": ["anna@x.example", "home@x.example"]}, by=by)
        zoe = create_contact({"first_name": "Zoe", "emails": ["ana@x.example"]}, by=by)
        undo_merge(made.id, by=by)
        back = Contact.rows().get(pk=other.id)
        assert (back.email, back.email_norm, back.name) == ("home@x.example", "home@x.example", "home@x.example")
        held = ContactEmail.rows().filter(is_primary=True).values_list("contact_id", "address")
        assert dict(held) == {anna.id: "anna@x.example", other.id: "home@x.example", zoe.id: "ana@x.example"}


def test_nobody_brings_back_a_record_that_they_may_not_see(alice: Person, bob: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        anna = create_contact({"first_name": "Anna", "owner": str(bob.membership.pk)}, by=alice.actor)
        other = create_contact({"first_name": "Ana", "owner": str(alice.membership.pk)}, by=alice.actor)
        made = merge_records(CONTACT, anna.id, other.id, {}, by=alice.actor)
        own = replace(bob.actor, visible_owners=frozenset({bob.membership.pk}))
        with pytest.raises(Forbidden, match="may not see"):
            undo_merge(made.id, by=own)
        assert Contact.rows().get(pk=other.id).deleted_at is not None
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        undo_merge(made.id, by=charlie.actor)
    with firm_context(alice.firm.id):
        assert undo_merge(made.id, by=alice.actor).kept == []
