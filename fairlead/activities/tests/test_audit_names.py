"""The audit says by name what the log holds by id."""

import re
from uuid import uuid4

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.activities import write_note
from fairlead.activities.tests.task_cast import make
from fairlead.events.public import record
from fairlead.people.actions.contacts import delete_contacts, update_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def details(person: Person, query: str) -> str:
    page = person.client().get(person.url(f"settings/audit/?{query}")).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<tbody>")[2]).split())


def test_what_happened_to_a_record_says_to_which(alice: Person, bob: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        update_contact(lady.pk, {"owner": str(bob.membership.pk)}, by=alice.actor)
        write_note("<p>Hello</p>", [("company", lady.company_id)], by=alice.actor)
    make(alice, title="Ring up", about=[("contact", lady.pk)])
    changed = details(alice, "type=contact.updated")
    assert f"contact Ada Lovelace {lady.pk}" in changed and "Company Analytical Engine" in changed
    assert "Bob Beech" in changed and str(bob.membership.pk) not in changed
    assert "company Analytical Engine" in details(alice, "type=note.written")
    assert "Task Ring up" in details(alice, "type=task.created")


def test_what_is_in_the_bin_keeps_its_name_and_what_nobody_knows_its_id(alice: Person, lady: Contact) -> None:
    gone = uuid4()
    with firm_context(alice.firm.id):
        delete_contacts([lady.pk], by=alice.actor)
        record("contact.purged", by=alice.actor, subject=("contact", gone), data={})
    assert "contact Ada Lovelace" in details(alice, "type=contact.deleted")
    assert f"contact {gone}" in details(alice, "type=contact.purged")


def test_names_of_another_firm_stay_there(alice: Person, charlie: Person, lady: Contact) -> None:
    with firm_context(charlie.firm.id):
        record("contact.updated", by=charlie.actor, subject=("contact", lady.pk), data={"fields": "x"})
    told = details(charlie, "type=contact.updated")
    assert str(lady.pk) in told and "Ada" not in told
