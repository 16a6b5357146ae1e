"""Deals follow when two contacts or companies become one, and come back when that is undone."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.sales.actions import associations
from fairlead.sales.merging import Deals
from fairlead.sales.models import Deal, DealContact
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_deals_follow_and_come_back(alice: Person) -> None:
    making.pipeline(alice)
    ada, twin = making.contact(alice), making.contact(alice, first_name="Adah")
    shared, theirs = making.deal(alice, contact=ada.pk), making.deal(alice, "Other", contact=twin.pk)
    with firm_context(alice.firm.id):
        associations.add_contact(shared.pk, twin.pk, by=alice.actor, role="Champion")
        data = Deals().move("contact", twin.pk, ada.pk)
        assert set(DealContact.rows().filter(contact=ada).values_list("deal_id", flat=True)) == {shared.pk, theirs.pk}
        assert Deal.rows().get(pk=theirs.pk).contact_id == ada.pk
        assert Deals().undo("contact", twin.pk, ada.pk, data) == ()
        assert Deal.rows().get(pk=theirs.pk).contact_id == twin.pk
        assert Deal.rows().get(pk=shared.pk).contact_id == ada.pk
        assert DealContact.rows().filter(contact=twin).count() == 2
        assert Deals().move("tag", twin.pk, ada.pk) is None
