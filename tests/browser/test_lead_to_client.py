"""A person's way from lead over prospect to client, as somebody walks it who has never seen Fairlead before."""

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.people.actions.companies import create_company
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context
from tests.browser.faces import SHOOTING, Face

pytestmark = pytest.mark.browser


def shoot(face: Face, name: str) -> None:
    face.check(name)
    if SHOOTING:
        face.shoot(name)


def edit(page: Page, label: str) -> None:
    page.get_by_role("button", name=f"Edit {label}", exact=True).click()


def test_a_lead_becomes_a_prospect_and_a_client(face: Face, alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        create_company({"name": "Kestrel Ltd"}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    shoot(face, "walk-1-empty")
    page.get_by_role("link", name="New contact").first.click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("First name").fill("Ada")
    dialog.get_by_label("Last name").fill("Byron")
    dialog.get_by_label("Email").fill("ada@kestrel.example")
    dialog.get_by_label("Source").fill("Fair")
    shoot(face, "walk-2-new")
    dialog.get_by_role("button", name="Create").click()
    page.wait_for_selector("h1 >> text=Ada Byron")
    face.settle()
    shoot(face, "walk-3-lead")
    _becomes_a_prospect(face)
    _becomes_a_client(face, alice)
    page.get_by_role("link", name="Log call").first.click()
    expect(dialog).to_be_visible()
    face.settle()
    shoot(face, "walk-7-call")
    page.keyboard.press("Escape")
    face.go(alice.url("personas/"))
    shoot(face, "walk-8-personas")
    face.go(alice.url("distribution/"))
    expect(page.get_by_role("heading", name="Distribution")).to_be_visible()
    shoot(face, "walk-9-distribution")


def _becomes_a_prospect(face: Face) -> None:
    page = face.page
    edit(page, "Lifecycle stage")
    facts = page.get_by_role("region", name="Facts")
    shoot(face, "walk-4-stage")
    facts.locator("select, input[role=combobox]").first.wait_for()
    facts.locator("select").first.select_option("prospect", force=True)
    facts.get_by_role("button", name="Save").click()
    page.wait_for_selector("#fact-lifecycle >> text=Prospect")
    page.wait_for_selector("#record-name >> text=Prospect")  # the head follows what is changed among the facts
    page.wait_for_selector("#timeline >> text=from Lead to Prospect")


def _becomes_a_client(face: Face, alice: Person) -> None:
    page, dialog = face.page, face.page.locator("dialog[open]")
    page.get_by_role("link", name="Convert to client").click()
    dialog.get_by_label("Client type").fill("Retainer")
    shoot(face, "walk-5-convert")
    dialog.get_by_role("button", name="Convert").click()
    page.wait_for_selector(".record-head >> text=Retainer")
    face.settle()
    shoot(face, "walk-6-client")
    with firm_context(alice.firm.id):
        ada = Contact.rows().get()
        assert (ada.lifecycle, ada.client_type, ada.converted_by_id) == ("client", "Retainer", alice.membership.pk)
        stages = Event.rows().filter(contact_id=ada.pk, type="contact.stage_changed").order_by("id")
        assert "prospect" in str([e.data for e in stages]).lower()
