"""A company's page on a Monday morning: what its people do stands there, a call is logged there."""

import re

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, tasks
from fairlead.activities.models import ActivityLink
from fairlead.kernel.text import squeeze
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def shown(by: Person, path: str) -> str:
    return squeeze(by.page(path))


def test_the_composer_offers_the_people_of_the_company(alice: Person, lady: Contact) -> None:
    page = shown(alice, f"activities/composer?kind=call&about=company:{lady.company_id}")
    assert re.search(rf'name="also"\s+value="contact:{lady.pk}">\s*<span>Ada Lovelace</span>', page)
    assert "Ada Lovelace" not in shown(alice, f"activities/composer?kind=call&about=contact:{lady.pk}")


def test_a_call_with_a_person_is_logged_on_the_page_of_the_company(alice: Person, lady: Contact) -> None:
    typed = {"kind": "call", "about": f"company:{lady.company_id}", "also": f"contact:{lady.pk}", "body": "<p>Hi</p>"}
    answer = alice.client().post(alice.url("activities/log"), typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    with firm_context(alice.firm.id):
        found = set(ActivityLink.rows().values_list("noun", "record_id"))
    assert found == {("company", lady.company_id), ("contact", lady.pk)}
    for path in (f"companies/{lady.company_id}/timeline", f"contacts/{lady.pk}/timeline"):
        assert shown(alice, path).count("logged a call") == 1


def test_what_is_refused_keeps_who_was_chosen(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        other = create_contact({"first_name": "Charles"}, by=alice.actor)
    typed = {"kind": "note", "about": f"company:{lady.company_id}", "body": "",
             "also": [f"contact:{lady.pk}", f"contact:{other.pk}"]}  # fmt: skip
    answer = alice.client().post(alice.url("activities/log"), typed, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="contact:{lady.pk}" checked' in page
    assert f'<option value="contact:{other.pk}" selected>Charles</option>' in page


def test_tasks_and_calls_of_its_people_stand_on_the_company(alice: Person, lady: Contact) -> None:
    with firm_context(alice.firm.id):
        about = [("contact", lady.pk)]
        tasks.create_task({"title": "Send the offer", "about": about}, by=alice.actor)
        company = [("company", lady.company_id)]
        tasks.create_task({"title": "Check the register", "about": company}, by=alice.actor)
        activities.log_activity("call", {"body": "<p>Hi</p>"}, about, by=alice.actor)
    todo = shown(alice, f"companies/{lady.company_id}/panels/open-tasks-company")
    assert "Send the offer" in todo and "Check the register" in todo
    assert todo.count("Ada Lovelace") == 1 and "Analytical Engine" not in todo
    assert "Ada Lovelace" in shown(alice, f"companies/{lady.company_id}/panels/calls-company")
    assert "Ada Lovelace" not in shown(alice, f"contacts/{lady.pk}/panels/calls-contact")
    assert "Check the register" not in shown(alice, f"contacts/{lady.pk}/panels/open-tasks-contact")


def test_nothing_of_it_reaches_another_firm(alice: Person, charlie: Person, lady: Contact) -> None:
    page = shown(charlie, f"activities/composer?kind=call&about=company:{lady.company_id}")
    assert "Ada Lovelace" not in page
