"""Snippets on a deal: their fields are those of its people."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities import merging
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
TEXT = "Dear {{contact.first_name|friend}} of {{contact.company|?}}: {{company.name|nobody}}"


def test_fields_of_a_deal_are_those_of_its_people(alice: Person, bob: Person, charlie: Person) -> None:
    making.pipeline(alice), making.pipeline(charlie)
    kestrel, osprey = making.company(alice), making.company(alice, "Osprey Ltd")
    ada = making.contact(alice, company=kestrel.pk)
    deals = [making.deal(alice, contact=ada.pk, company=osprey.pk), making.deal(alice, "Second", contact=ada.pk),
             making.deal(alice, "Third")]  # fmt: skip
    with firm_context(alice.firm.id):
        said = [merging.merged(TEXT, ("deal", deal.pk), bob.actor) for deal in deals]
    assert said == [
        "Dear Ada of Kestrel Ltd: Osprey Ltd", "Dear Ada of Kestrel Ltd: Kestrel Ltd", "Dear friend of ?: nobody",
    ]  # fmt: skip
    with firm_context(charlie.firm.id):
        assert merging.merged(TEXT, ("deal", deals[0].pk), charlie.actor) == "Dear friend of ?: nobody"
