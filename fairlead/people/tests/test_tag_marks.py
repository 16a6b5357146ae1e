"""A record's page tells of every tag who set it and when, be it a colleague or a rule."""

from datetime import UTC, datetime

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Tag
from fairlead.tenancy.public import firm_context, system_actor

pytestmark = pytest.mark.django_db


def test_a_tag_tells_who_set_it_and_when(alice: Person, bob: Person, charlie: Person) -> None:
    with clock.frozen(datetime(2026, 3, 4, 9, 30, tzinfo=UTC)), firm_context(alice.firm.id):
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
        acme = create_company({"name": "Acme"}, by=alice.actor)
        tag_records("contact", [ada.id], names=["VIP"], by=bob.actor)
        tag_records("company", [acme.id], names=["VIP"], by=bob.actor)
        tag_records("contact", [ada.id], names=["Warm"], by=system_actor(alice.firm.id, "Rule Warm leads", via="job"))
        Tag.rows().filter(name="VIP").update(description="Wants to be called first.")
    page = alice.client().get(alice.url(f"contacts/{ada.id}/")).content.decode()
    assert f"Set by {bob.user.name}, <time" in page and "4 Mar 2026" in page and "Wants to be called first." in page
    assert "Set by Rule Warm leads" in page and 'popovertarget="record-tag-1"' in page
    link = next(part.split('"')[0] for part in page.split('href="')[1:] if "has_any" in part)
    assert "Ada" in alice.client().get(link.replace("&amp;", "&")).content.decode()
    page = bob.client().get(bob.url(f"companies/{acme.id}/")).content.decode()
    assert f"Set by {bob.user.name}" in page and "companies/?criteria" in page
    assert charlie.client().get(charlie.url(f"contacts/{ada.id}/")).status_code == 404
