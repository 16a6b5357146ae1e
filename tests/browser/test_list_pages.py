"""The lists of contacts and companies in use: filtered, selected, with their dialogs."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts
from fairlead.people.actions.tagging import tag_records
from fairlead.records.actions.saved_views import create_view
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

from .faces import Face

pytestmark = pytest.mark.browser
CLIENTS = {"all": [{"field": "lifecycle", "op": "in", "value": ["client"]}]}
OPEN = {"all": [{"field": "lifecycle", "op": "in", "value": []}]}


@pytest.fixture
def people(alice: Person, bob: Person) -> None:
    """Twelve people of three companies, four of them clients, six tagged."""
    with firm_context(alice.firm.id):
        firms = [create_company({"name": name}, by=alice.actor).id for name in ("Kestrel", "Harbour", "Northwind")]
        made = [
            create_contact(
                {
                    "first_name": first,
                    "last_name": "Byron",
                    "email": f"{first.lower()}@kestrel.example",
                    "phone": "020 7946 0011",
                    "company": firms[at % 3],
                    "lifecycle": "client" if at % 3 == 0 else "lead",
                    "owner": (alice if at % 2 else bob).membership.id,
                },
                by=alice.actor,
            ).id
            for at, first in enumerate("Ada Ben Cleo Dan Eve Finn Gus Hana Ida Jon Kim Lea".split())
        ]
        tag_records("contact", made[:6], names=["VIP", "Newsletter"], by=bob.actor)


def test_a_selection_is_sound_in_every_face(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/") + f"?criteria={quote(json.dumps(CLIENTS))}")
    expect(page.locator("tr[data-row]")).to_have_count(4)
    expect(page.locator("[data-total]")).to_have_text("4 contacts")
    page.locator("[data-select]").nth(1).check()
    face.check_all("list/selected")


def test_back_from_a_record_shows_the_whole_list_as_it_was_filtered(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.get_by_role("searchbox", name="Search contacts").fill("Gus")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    page.wait_for_url("**q=Gus**")
    page.locator("tr[data-row] a").first.click()
    page.wait_for_url("**/contacts/0*/")
    page.go_back()
    expect(page.locator("tr[data-row]")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Search contacts")).to_have_value("Gus")


def test_on_phones_a_finger_finds_the_box_of_a_row(open_face: Callable[..., Face], alice: Person, people: None) -> None:
    face = open_face("narrow", "light")
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    for box in (page.locator("[data-select]").first, page.locator("[data-select-page]")):
        box.scroll_into_view_if_needed()
        hit = box.locator("xpath=ancestor::label").bounding_box()
        assert hit is not None and min(hit["width"], hit["height"]) >= 40
        for at in ((39, 39), (1, 1)):  # its corners are not covered by what stands beside it
            was = box.is_checked()
            page.mouse.click(hit["x"] + at[0], hit["y"] + at[1])
            expect(box).to_be_checked(checked=not was)


def test_what_is_gone_is_selected_no_longer(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/") + f"?criteria={quote(json.dumps(CLIENTS))}")
    for at in (0, 1):
        page.locator("[data-select]").nth(at).check()
    bar, chosen = page.locator("[data-bulk-bar]"), page.locator("[data-selected-count]")
    for left in (1, 0):
        gone = page.locator("[data-select]:checked").first.input_value()
        with firm_context(alice.firm.id):
            delete_contacts([UUID(gone)], by=alice.actor)
        # as a bulk action does at its end
        page.evaluate("document.body.dispatchEvent(new CustomEvent('refresh:list'))")
        expect(page.locator("tr[data-row]")).to_have_count(2 + left)
        expect(chosen).to_have_text(str(left))
    expect(bar).to_be_hidden()


def test_a_condition_without_a_value_is_told_where_it_stands(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/") + f"?criteria={quote(json.dumps(OPEN))}")
    condition = page.get_by_role("group", name="Lifecycle stage")
    expect(condition.get_by_role("alert")).to_contain_text("values")
    condition.get_by_role("combobox", name="Values").click()
    page.get_by_role("option", name="Client", exact=True).click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("tr[data-row]")).to_have_count(4)
    expect(condition.get_by_role("alert")).to_have_count(0)


def test_what_a_filter_leaves_is_what_is_exported_and_kept(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    head = page.locator(".page-actions")
    export, keep = head.get_by_role("link", name="Export"), head.get_by_role("link", name="Save as segment")
    expect(keep).to_have_count(0)
    page.get_by_role("searchbox").first.fill("Byron")
    expect(export).to_have_attribute("href", re.compile("q=Byron"))
    page.get_by_role("searchbox").first.fill("")
    expect(export).not_to_have_attribute("href", re.compile("q="))
    filter_by_kestrel(page)
    expect(export).to_have_attribute("href", re.compile("criteria="))
    keep.click()
    expect(page.get_by_role("group", name="Company")).to_contain_text("Kestrel")


def test_a_company_is_found_for_a_condition_and_named_again(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    filter_by_kestrel(page)
    page.reload()
    expect(page.get_by_role("group", name="Company")).to_contain_text("Kestrel")


def test_columns_are_remembered(face: Face, alice: Person, people: None) -> None:
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.get_by_role("button", name="Columns").click()
    page.locator("[data-key=phone] input").uncheck()
    page.locator("[data-columns-apply]").click()
    expect(page.get_by_role("columnheader", name="Phone")).to_have_count(0)
    face.go(alice.url("contacts/"))
    expect(page.get_by_role("columnheader", name="Phone")).to_have_count(0)


def test_columns_are_chosen_in_a_view_that_has_its_own(face: Face, alice: Person, people: None) -> None:
    with firm_context(alice.firm.id):
        values = {"name": "Short", "scope": "private", "columns": ["name", "email", "phone"]}
        view = create_view(nouns.get("contact"), values, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/?view={view.pk}"))
    page.get_by_role("button", name="Columns").click()
    page.locator("[data-key=phone] input").uncheck()
    page.locator("[data-columns-apply]").click()
    expect(page.get_by_role("columnheader", name="Phone")).to_have_count(0)
    expect(page.get_by_role("columnheader", name="Email")).to_be_visible()


def test_what_is_ticked_before_a_filter_has_come_is_selected_no_longer(face: Face, alice: Person, people: None) -> None:
    """The rows of before stay until the new ones are there; on a slow line somebody reaches them."""
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.get_by_role("button", name="Filter").click()
    page.locator(".criteria-picker input").click()
    page.keyboard.type("Top customer")
    page.get_by_role("option", name="Top customer", exact=True).click()
    held: list[Route] = []
    page.route("**/contacts/?*criteria=*", lambda route: held.append(route))
    page.get_by_role("button", name="Apply").click()
    page.wait_for_function("() => document.querySelector('fl-list').ariaBusy === 'true'")
    page.locator("[data-select]").first.check()
    expect(page.locator("[data-selected-count]")).to_have_text("1")
    for route in held:
        route.continue_()
    expect(page.locator("tr[data-row]")).to_have_count(0)
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()


def filter_by_kestrel(page: Page) -> None:
    page.get_by_role("button", name="Filter").click()
    page.locator(".criteria-picker input").click()
    page.keyboard.type("Company")
    page.get_by_role("option", name="Company", exact=True).first.click()
    page.get_by_role("group", name="Company").get_by_role("combobox", name="Values").click()
    page.keyboard.type("Kes")
    page.get_by_role("option", name="Kestrel").click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("tr[data-row]")).to_have_count(4)
