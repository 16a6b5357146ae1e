"""The audit says by name what the log holds by id."""

import csv
import io
import re
from typing import Any
from uuid import uuid4

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.activities import write_note
from fairlead.activities.tests.task_cast import make
from fairlead.api.tests.client import Api
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


def told(person: Person, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Api(person).get(f"audit?{query}").json()["data"]
    return found


def exported(person: Person, **wanted: str) -> list[dict[str, str]]:
    answer = person.client().post(person.url("settings/audit/export/"), wanted)
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_api_and_the_file_say_names_beside_ids(alice: Person, bob: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        update_contact(lady.pk, {"owner": str(bob.membership.pk)}, by=alice.actor)
    [event] = told(alice, "type=contact.updated")
    assert (event["subject"], event["subject_name"]) == (str(lady.pk), "Ada Lovelace")
    assert (event["company"], event["names"][event["company"]]) == (str(lady.company_id), "Analytical Engine")
    assert event["names"][str(bob.membership.pk)] == "Bob Beech" and str(bob.membership.pk) in str(event["data"])
    [line] = exported(alice, type="contact.updated")
    assert (line["Id"], line["Name"]) == (str(lady.pk), "Ada Lovelace")
    assert str(bob.membership.pk) in line["Details"] and str(bob.membership.pk) not in line["In words"]
    assert "Bob Beech" in line["In words"] and "Company: Analytical Engine" in line["In words"]


def test_names_of_many_events_cost_no_more_queries(
    alice: Person, lady: Contact, django_assert_max_num_queries: Any
) -> None:
    api = Api(alice)
    api.get("audit?type=task.created")  # what is remembered between requests is remembered now
    for number in range(40):
        make(alice, title=f"Ring up {number}", about=[("contact", lady.pk)])
    with django_assert_max_num_queries(25):
        found = api.get("audit?type=task.created&limit=40").json()["data"]
    assert {event["subject_name"] for event in found} == {f"Ring up {number}" for number in range(40)}
    with django_assert_max_num_queries(40):  # it logs in, too
        assert len(exported(alice, type="task.created")) == 40


def test_the_api_asks_for_no_names_that_nobody_wants(alice: Person, lady: Contact) -> None:
    make(alice, title="Ring up", about=[("contact", lady.pk)])
    assert told(alice, "type=task.created&fields=type,text") == [
        {"type": "task.created", "text": "created the task Ring up"}
    ]


def test_the_file_and_the_api_of_another_firm_know_no_names(alice: Person, charlie: Person, lady: Contact) -> None:
    with firm_context(charlie.firm.id):
        record("contact.updated", by=charlie.actor, subject=("contact", lady.pk), data={"fields": "x"})
    [event] = told(charlie, "type=contact.updated")
    assert (event["subject"], event["subject_name"], event["names"]) == (str(lady.pk), "", {})
    [line] = exported(charlie, type="contact.updated")
    assert (line["Id"], line["Name"]) == (str(lady.pk), "")
