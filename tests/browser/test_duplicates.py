"""Two duplicates are found, merged and parted again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.models import Contact
from fairlead.records.duplicates.public import candidates
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face

pytestmark = pytest.mark.browser


@pytest.fixture
def twins(alice: Person) -> tuple[Contact, Contact]:
    by = alice.actor
    with firm_context(alice.firm.id):
        acme = create_company({"name": "Acme Ltd"}, by=by)
        one = create_contact({"first_name": "Robert", "last_name": "Smith", "email": "robert@acme.example",
                              "company": acme.id, "city": "Rome"}, by=by)  # fmt: skip
        other = create_contact({"first_name": "Bob", "last_name": "Smith", "email": "bob@home.example",
                                "phone": "+442079460011", "company": acme.id, "job_title": "Head of finance"},
                               by=by)  # fmt: skip
        candidates.refresh(SAME_PERSON, [one.id, other.id])
        return one, other


def test_two_duplicates_are_found_merged_and_parted_again(
    face: Face, alice: Person, twins: tuple[Contact, Contact]
) -> None:
    one, other = twins
    face.log_in(alice)
    page = face.go(alice.url("duplicates/"))
    face.check("queue")
    page.get_by_role("link", name="Compare").click()
    page.wait_for_selector("text=What happens")
    face.check("compare")
    page.get_by_role("radio", name="First name of the record that goes").check()
    page.get_by_role("button", name="Merge", exact=True).click()
    page.wait_for_url(f"**{alice.url('contacts/')}*/")
    undo = page.locator(".toast-undo")  # the panel offers it too, after asking
    undo.wait_for()
    with firm_context(alice.firm.id):
        assert Contact.rows().filter(deleted_at=None).count() == 1
    undo.click()
    page.locator(".toast", has_text="is a record of its own again").wait_for()
    with firm_context(alice.firm.id):
        found = dict(Contact.rows().filter(deleted_at=None).values_list("pk", "name"))
        assert found == {one.id: "Robert Smith", other.id: "Bob Smith"}


def test_on_phones_a_finger_chooses_which_value_stays(open_face: Callable[..., Face], alice: Person) -> None:
    address = "a.very.long.address.of.ada.byron@quite-a-long-name-of-a-firm.example"
    with firm_context(alice.firm.id):
        ada, other = (create_contact({"first_name": "Ada", "email": email}, by=alice.actor)
                      for email in (address, "ada@heron.example"))  # fmt: skip
    face = open_face("narrow", "light")
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/merge/{other.id}"))
    chosen = page.get_by_role("radio", name="Email of the record that goes")
    hit = chosen.locator("xpath=ancestor::label").bounding_box()
    assert hit is not None and min(hit["width"], hit["height"]) >= 40
    page.mouse.click(hit["x"] + 39, hit["y"] + 39)
    expect(chosen).to_be_checked()
    shown = page.get_by_role("link", name=address).bounding_box()
    assert shown is not None and shown["x"] + shown["width"] <= 390, "It is broken, not cut off."
