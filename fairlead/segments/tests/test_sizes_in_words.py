"""Sizes are of the whole firm: who sees only some of its people is told so, and how many of them they see."""

import re

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.tests.keeping import BERLIN
from fairlead.tenancy.public import Firm, Visibility, firm_context

pytestmark = pytest.mark.django_db


def test_numbers_of_the_whole_firm_are_called_so(alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        owners = (alice.membership.id, alice.membership.id, bob.membership.id)
        people = [create_contact({"first_name": "Ada", "city": "Berlin", "owner": o}, by=alice.actor) for o in owners]
        tag_records("contact", [p.pk for p in people], names=["VIP"], by=alice.actor)
        segment = create_segment({"name": "Berliners", "criteria": BERLIN}, by=alice.actor)
    drain()
    pages = ("segments/", "tags/", f"segments/{segment.pk}/")
    assert not any("whole firm" in who.page(page) for who in (alice, bob) for page in pages)
    Firm.objects.filter(pk=alice.firm.pk).update(visibility=Visibility.OWNER)
    assert not any("whole firm" in alice.page(page) for page in pages), "The owner of the firm sees everybody."
    assert all("whole firm" in bob.page(page) for page in pages)
    told = " ".join(re.sub(r"<[^>]+>", " ", bob.page(pages[2])).split())
    assert "People 3 in the whole firm; you see 1" in told
