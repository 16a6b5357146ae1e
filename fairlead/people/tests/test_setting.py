"""Setting one field of many records in one statement does what changing them one by one does."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.people.actions.companies import create_company, set_company_field
from fairlead.people.actions.contacts import create_contact, set_contact_field, update_contact
from fairlead.people.models import Company, Contact
from fairlead.records.models import CustomField, FieldValue
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
IGNORED = ("id", "created_at", "updated_at", "converted_at", "external_id")


def state(contact: Contact) -> dict[str, Any]:
    row = Contact.rows().filter(pk=contact.pk).values().get()
    return {k: v for k, v in row.items() if k not in IGNORED}


def events(contact: Contact) -> list[Any]:
    rows = Event.rows().filter(contact_id=contact.pk).exclude(type="contact.created").order_by("id")
    return [(e.type, e.company_id, e.data) for e in rows]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("owner", "bob"), ("owner", None), ("city", "Paris"), ("city", ""), ("lifecycle", "client"),
        ("lifecycle", "prospect"), ("first_name", "Zoë"), ("birthday", "--04-12"), ("country", "DE"),
        ("score", 40), ("score", 7), ("score", None),
        ("custom.tier", "Gold"), ("custom.tier", None), ("custom.budget", {"amount": 1250, "currency": "EUR"}),
    ],
)  # fmt: skip
def test_many_at_once_become_what_one_by_one_becomes(alice: Person, bob: Person, name: str, value: Any) -> None:
    with firm_context(alice.firm.id):
        for key, kind in (("tier", "text"), ("budget", "money")):
            CustomField.objects.create(noun="contact", key=key, label=key.title(), kind=kind)
        value = str(bob.membership.id) if value == "bob" else value
        shared = {"first_name": "Ada", "last_name": "Byron", "owner": alice.membership.id, "city": "Rome", "score": 7,
                  "custom.tier": "Blue"}  # fmt: skip
        one, many = (create_contact(shared, by=alice.actor) for _ in range(2))
        update_contact(one.pk, {name: value}, by=alice.actor)
        set_contact_field({many.pk: value}, name, by=alice.actor)
        assert state(many) == state(one)
        assert events(many) == events(one)
        index = [set(FieldValue.rows().filter(record_id=c.pk).values_list("field_id", "key")) for c in (one, many)]
        assert index[0] == index[1]
        was = {one.pk: "A", many.pk: "B"}
        assert set(set_contact_field(was, "street", by=alice.actor)) == {one.pk, many.pk}
        assert [Contact.rows().get(pk=c.pk).street for c in (one, many)] == ["A", "B"]
        assert set_contact_field(was, "street", by=alice.actor) == {}  # what is so already is no change


def test_the_number_of_statements_does_not_grow(alice: Person) -> None:
    with firm_context(alice.firm.id):
        counts = []
        for size in (2, 40):
            ids = [c.pk for c in Contact.objects.bulk_create([Contact(name=f"C{n}") for n in range(size)])]
            with CaptureQueriesContext(connection) as found:
                set_contact_field(dict.fromkeys(ids, str(alice.membership.id)), "owner", by=alice.actor)
            counts.append(len(found))
        assert counts[0] == counts[1]


def test_a_companys_domain_follows_its_website(alice: Person) -> None:
    with firm_context(alice.firm.id):
        made = create_company({"name": "Kestrel"}, by=alice.actor)
        set_company_field({made.pk: "https://www.kestrel.example/about"}, "website", by=alice.actor)
        assert Company.rows().get(pk=made.pk).domain == "kestrel.example"
        told = Event.rows().get(type="company.updated")
        assert (told.company_id, told.data["fields"]) == (made.pk, "website")


def test_what_does_not_fit_changes_nothing(alice: Person, charlie: Person) -> None:
    with firm_context(charlie.firm.id):
        strange = create_contact({"first_name": "Cy"}, by=charlie.actor)
    with firm_context(alice.firm.id):
        ada, bo = (create_contact({"first_name": n}, by=alice.actor) for n in ("Ada", "Bo"))
        for values, name in (
            ({ada.pk: "FR", bo.pk: "Atlantis"}, "country"), ({ada.pk: str(charlie.membership.id)}, "owner"),
            ({ada.pk: "x"}, "custom.nothing"), ({ada.pk: True}, "do_not_contact"),
        ):  # fmt: skip
            with pytest.raises(InvalidInput):
                set_contact_field(values, name, by=alice.actor)
        assert set_contact_field({strange.pk: "FR"}, "country", by=alice.actor) == {}
        assert set(Contact.rows().values_list("version", "country")) == {(1, "")}
        with pytest.raises(Forbidden):
            set_contact_field(
                {ada.pk: "FR"}, "country", by=replace(alice.actor, permissions=frozenset({"contacts.view"}))
            )
    with firm_context(charlie.firm.id):
        assert Contact.rows().get(pk=strange.pk).country == ""
