"""A person's page in use: facts, notes, tags, the bin."""

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Contact
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(alice: Person, bob: Person) -> Contact:
    values = {
        "first_name": "Ada",
        "last_name": "Byron",
        "email": "ada@kestrel.example",
        "job_title": "Finance director",
    }
    with firm_context(alice.firm.id):
        made = create_contact({**values, "owner": alice.membership.id}, by=alice.actor)
        tag_records("contact", [made.id], names=["VIP", "Newsletter"], by=bob.actor)
        return made


def test_a_fact_is_edited_and_a_rival_is_told(face: Face, alice: Person, bob: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"job_title": "CFO"}, by=bob.actor)
    page.get_by_role("button", name="Edit Job title").click()
    page.get_by_role("textbox", name="Job title").fill("Treasurer")
    page.get_by_role("region", name="Facts").get_by_role("button", name="Save").click()
    page.wait_for_selector("text=changed this record first")
    face.check("conflict")
    page.get_by_role("button", name="Save mine").click()
    page.wait_for_selector("#fact-job_title:not(.is-conflict) >> text=Treasurer")
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=ada.id).job_title == "Treasurer"


@pytest.mark.parametrize(("kind", "held", "typed"), [("number", 7, "1e400"), ("date", "2024-02-29", "")])
def test_what_the_browser_cannot_read_empties_nothing(
    face: Face, alice: Person, ada: Contact, kind: str, held: object, typed: str
) -> None:
    with firm_context(alice.firm.id):
        create_field(nouns.get("contact"), {"label": "Since", "kind": kind}, by=alice.actor)
        update_contact(ada.id, {"custom": {"since": held}}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    page.get_by_role("button", name="Edit Since").click()
    control = page.locator("#fact-custom-since input:not([type=hidden])")
    control.focus()
    page.keyboard.press("Delete" if kind == "date" else "Control+a")
    page.keyboard.type(typed)
    assert control.evaluate("input => input.validity.badInput")
    page.get_by_role("region", name="Facts").get_by_role("button", name="Save").click()
    expect(control).to_be_focused()
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=ada.id).custom == {"since": held}
    face.check("unreadable")


def test_a_note_is_written_where_it_is_read(face: Face, alice: Person, bob: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    editor = page.locator(".composer [contenteditable]")
    editor.click()
    page.keyboard.type("Met her at the fair with @bo")
    page.wait_for_selector("#mentions >> text=Bob Beech")
    page.keyboard.press("Enter")
    page.keyboard.type("today")
    page.get_by_role("button", name="Add note").click()
    page.wait_for_selector("#timeline >> text=Met her at the fair")
    face.check("written")
    page.wait_for_selector("#timeline .mention >> text=Bob Beech")


def test_a_quick_note_from_the_record_page(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    page.keyboard.press("Control+n")
    page.wait_for_selector("dialog[open] >> text=New note")
    page.wait_for_selector("dialog[open] .tag >> text=Ada Byron")
    page.locator("dialog[open] [contenteditable]").click()
    page.keyboard.type("Quick thought")
    face.check("quick-note")
    page.locator("dialog[open]").get_by_role("button", name="Add note").click()
    page.wait_for_selector("#timeline >> text=Quick thought")


def test_tags_are_chosen_and_an_undo_brings_a_person_back(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    page.locator("#record-tags a[data-dialog]").click()
    page.wait_for_selector("dialog[open] >> text=Tags of Ada Byron")
    box = page.locator("dialog[open] input[role=combobox]")
    box.fill("Golf club")
    page.wait_for_selector("dialog[open] [role=option] >> text=Golf club")
    box.press("Enter")
    face.check("choose-tags")
    box.press("Tab")
    page.locator("dialog[open]").get_by_role("button", name="Save").click()
    page.wait_for_selector("#record-tags >> text=Golf club")
    expect(page.locator("#record-tags a[data-dialog]")).to_be_focused()  # the page was loaded anew meanwhile
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Move to the bin").click()
    page.locator("dialog[open]").get_by_role("button", name="Move to the bin").click()
    page.wait_for_selector("text=Ada Byron is in the bin")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/contacts/{ada.id}/")


def test_what_opened_a_dialog_has_the_focus_again_wherever_it_stands(face: Face, alice: Person, ada: Contact) -> None:
    """A panel comes after the page; it is shown, far down as it may be."""
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    page.get_by_role("link", name="Edit preferences").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open]").get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast")
    expect(page.get_by_role("link", name="Edit preferences")).to_be_focused()
    expect(page.get_by_role("link", name="Edit preferences")).to_be_in_viewport()
