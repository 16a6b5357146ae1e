"""A company's page in use: a call with one of its people is logged there, and found again wherever it counts."""

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        create_company({"name": "Quiet & Sons"}, by=alice.actor)
        kestrel = create_company({"name": "Kestrel"}, by=alice.actor)
        values = {"first_name": "Ada", "last_name": "Byron", "company": kestrel.pk}
        return create_contact(values, by=alice.actor)


def test_a_call_with_a_person_is_logged_on_the_page_of_the_company(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"companies/{ada.company_id}/"))
    page.get_by_role("tab", name="Call").click()
    form = page.locator("form.composer-form:visible")
    form.get_by_role("checkbox", name="Ada Byron").check()
    form.locator("[contenteditable]").click()
    page.keyboard.type("Two candidates by Friday")
    form.get_by_role("button", name="Log call").click()
    entry = page.locator("#timeline .entry", has_text="Two candidates by Friday")
    expect(entry).to_contain_text("logged a call · Ada Byron")
    face.check("logged")
    entry.get_by_role("link", name="Ada Byron").first.click()
    expect(page.locator("#timeline")).to_contain_text("Two candidates by Friday")
    page = face.go(alice.url("companies/?sort=-last_activity_at"))
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("Kestrel")
    expect(first.locator("time")).to_be_visible()
    face.check("companies")
