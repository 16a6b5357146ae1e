"""Contacts, companies, tags, lists and notes in Chromium: by hand, in both sizes and themes, without an axe finding."""

from collections.abc import Callable
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.activities import write_note
from fairlead.activities.actions.pins import pin
from fairlead.activities.actions.templates import save_template
from fairlead.events.public import Event
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.consent import suppress
from fairlead.people.actions.contacts import create_contact, delete_contacts, update_contact
from fairlead.people.actions.lists import create_list, create_primary_list, subscribe
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context
from tests.browser.conftest import EVERY_FACE, Face

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(alice: Person, bob: Person) -> Contact:
    with firm_context(alice.firm.id):
        create_primary_list(by=alice.actor)
        company = {"name": "Kestrel Capital", "domain": "kestrel.example", "city": "London", "country": "GB"}
        kestrel = create_company({**company, "industry": "finance", "phone": "020 7946 0100"}, by=alice.actor)
        made = create_contact(
            {"first_name": "Ada", "last_name": "Byron", "email": "ada@kestrel.example", "phone": "020 7946 0011",
             "job_title": "Finance director", "company": kestrel.id, "owner": alice.membership.id, "city": "London",
             "country": "GB", "birthday": "1985-12-10", "lifecycle": "prospect", "time_zone": "Europe/London"},
            by=alice.actor,
        )  # fmt: skip
        create_contact({"first_name": "Ben", "last_name": "Carter", "company": kestrel.id}, by=bob.actor)
        tag_records("contact", [made.id], names=["VIP", "Newsletter"], by=bob.actor)
        news = create_list("Quarterly briefing", by=alice.actor)
        create_list("Autumn seminar", by=alice.actor)
        subscribe(news.id, [made.id], by=alice.actor)
        update_contact(made.id, {"city": "Bath", "lifecycle": "sales_qualified"}, by=bob.actor)
        mention = (
            f'<span class="mention" data-type="mention" data-id="{bob.membership.id}" data-label="Bob">@Bob</span>'
        )
        body = f"<p>Called about the audit. Wants the offer <strong>before Friday</strong>, {mention} knows more.</p>"
        body += "<ul><li>scope: two sites</li><li>budget known</li></ul>"
        write_note(body, [("contact", made.id)], by=alice.actor)
        event = Event.rows().get(type="note.written")
        write_note("<p>Sent the offer.</p>", [("contact", made.id), ("company", kestrel.id)], by=bob.actor)
        pin("contact", made.id, event.id, by=alice.actor)
        save_template("Call summary", "<p>Who, what, next step</p>", by=alice.actor)
        suppress("email", "gone@kestrel.example", reason="bounce", by=alice.actor)
        binned = create_contact({"first_name": "Old", "last_name": "Friend"}, by=alice.actor)
        delete_contacts([binned.id], by=alice.actor)
        return made


@pytest.mark.parametrize(("size", "theme"), EVERY_FACE)
def test_every_page_is_sound(
    open_face: Callable[..., Face], alice: Person, ada: Contact, size: Any, theme: Any
) -> None:
    face = open_face(size, theme)
    face.log_in(alice)
    pages = {
        "contact": f"contacts/{ada.id}/", "company": f"companies/{ada.company_id}/", "tags": "tags/",
        "subscription-lists": "lists/", "blocked": "suppressions/", "bin": "contacts/bin", "notes": "notes/",
        "templates": "notes/templates/", "new-contact": "contacts/new",
    }  # fmt: skip
    for name, path in pages.items():
        page = face.go(alice.url(path))
        if name == "contact":
            page.wait_for_selector("text=Called about the audit")
        face.check(name)


def test_a_fact_is_edited_and_a_rival_is_told(face: Face, alice: Person, bob: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"job_title": "CFO"}, by=bob.actor)
    page.get_by_role("button", name="Edit Job title").click()
    page.get_by_role("textbox", name="Job title").fill("Treasurer")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("text=changed this record first")
    face.check("conflict")
    page.get_by_role("button", name="Save mine").click()
    page.wait_for_selector("#fact-job_title:not(.is-conflict) >> text=Treasurer")
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=ada.id).job_title == "Treasurer"


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
    page.locator("#record-tags a").click()
    page.wait_for_selector("dialog[open] >> text=Tags of Ada Byron")
    box = page.locator("dialog[open] input[role=combobox]")
    box.fill("Golf club")
    page.wait_for_selector("dialog[open] [role=option] >> text=Golf club")
    box.press("Enter")
    face.check("choose-tags")
    box.press("Tab")
    page.locator("dialog[open]").get_by_role("button", name="Save").click()
    page.wait_for_selector("#record-tags >> text=Golf club")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Move to the bin").click()
    page.locator("dialog[open]").get_by_role("button", name="Move to the bin").click()
    page.wait_for_selector("text=Ada Byron is in the bin")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/contacts/{ada.id}/")
