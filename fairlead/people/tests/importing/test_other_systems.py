"""What real exports of other systems hold beyond the samples: several values of a label, addresses of computers …"""

from io import BytesIO
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people.models import Consent, Contact
from fairlead.records.imports.formats import looks_like_number
from fairlead.records.imports.public import import_file
from fairlead.records.models import CustomField
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def take(person: Person, text: str, **options: Any) -> dict[str, Any]:
    return import_file("contacts", BytesIO(text.encode()), name="people.csv", by=person.actor, options=options)


def test_google_puts_several_values_of_one_label_into_a_cell(alice: Person, charlie: Person) -> None:
    text = (
        "First Name,Name Prefix,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,"
        "Phone 1 - Value,Address 1 - Country,Website 1 - Value\n"
        "Ada,Dr.,* Work,ada@g.example ::: ada.b@g.example,Home,ada@h.example,Mobile,"
        "+49 171 1234567 ::: +49 171 7654321,DE ::: AT,https://a.example ::: https://b.example\n"
        "Ben,,Home,ben@g.example ::: ben at,,,,,,\n"
    )
    for created in (1, 0):
        found = take(alice, text)
        assert (found["created"], found["updated"], found["errors"]) == (created, 0, 1)
    with firm_context(alice.firm.id):
        ada = Contact.rows().get()
        emails = list(ada.emails.order_by("id").values_list("address", "label", "is_primary"))
        assert emails == [("ada@g.example", "work", True), ("ada.b@g.example", "work", False),
                          ("ada@h.example", "home", False)]  # fmt: skip
        assert list(ada.phones.order_by("id").values_list("e164", "label")) == [
            ("+491711234567", "mobile"), ("+491717654321", "mobile"),
        ]  # fmt: skip
        assert (ada.country, ada.website, ada.custom) == ("DE", "https://a.example", {"name_prefix": "Dr."})
    with firm_context(charlie.firm.id):
        assert not Contact.rows().exists()


def test_activecampaign_knows_computers_and_who_has_not_confirmed(alice: Person) -> None:
    text = "Email,IP,Build,Status\nu@a.example,1.2.3.4,1.2.3,Unconfirmed\nv@a.example,,2.0,Active\n"
    found = take(alice, text)
    assert (found["created"], found["errors"]) == (2, 0)
    with firm_context(alice.firm.id):
        assert list(CustomField.rows().values_list("label", "kind")) == [("Build", "text")]
        assert Contact.rows().get(email="u@a.example").opt_in_status == Consent.PENDING


@pytest.mark.parametrize(("text", "is_number"), [
    ("1.2.3.4", False), ("2.0.1", False), ("192.168.1.1", False), ("1,234,567.5", True), ("1.234.567,5", True),
    ("12,34,567", True), ("-7", True), ("1.234,50 €", True), ("(1,234)", True), ("0171 234", False),
])  # fmt: skip
def test_what_a_number_looks_like(text: str, is_number: bool) -> None:
    assert looks_like_number(text) is is_number
