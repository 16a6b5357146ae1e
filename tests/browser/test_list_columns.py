"""The column chooser: found by typing, chosen by keyboard alone, the chosen ones in sight."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.contacts import create_contact
from fairlead.tenancy.public import firm_context

from .faces import Face

pytestmark = pytest.mark.browser


@pytest.fixture
def page(face: Face, alice: Person) -> Page:
    """Alice's contacts, with the column chooser open."""
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada", "last_name": "Byron"}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.get_by_role("button", name="Columns").click()
    return page


def shown(page: Page) -> Locator:
    """Return the list of those that are shown."""
    return page.get_by_role("list", name=re.compile("^Shown"))


def test_columns_are_found_and_shown_by_keyboard_alone(face: Face, page: Page) -> None:
    told = page.locator("#columns-told")
    expect(page.get_by_role("searchbox", name="Find a column")).to_be_focused()
    page.keyboard.type("job t")
    expect(told).to_have_text("Enter shows Job title")
    face.check("columns/found")
    page.keyboard.press("Enter")
    expect(told).to_have_text("Job title is shown now, as the last one.")
    page.keyboard.type("birth")  # what was typed before is replaced
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(shown(page).get_by_role("checkbox", name="Birthday")).to_be_in_viewport()
    page.get_by_role("button", name="Apply").focus()
    page.keyboard.press("Enter")
    for name in ("Job title", "Birthday"):
        expect(page.get_by_role("columnheader", name=name)).to_be_attached()


def test_a_column_that_is_shown_already_or_is_none_is_told(page: Page) -> None:
    told = page.locator("#columns-told")
    page.keyboard.type("lifecy")
    expect(told).to_have_text("Lifecycle stage is shown already.")
    page.keyboard.type("xyz")
    expect(told).to_have_text("No column is called that.")


def test_who_takes_columns_away_goes_on_with_the_next(page: Page) -> None:
    more = page.get_by_role("list", name="Not shown")
    shown(page).get_by_role("checkbox", name="Email").focus()
    page.keyboard.press("Space")
    expect(shown(page).get_by_role("checkbox", name="Phone")).to_be_focused()
    expect(more.get_by_role("checkbox", name="Email", exact=True)).not_to_be_checked()


def test_closed_without_apply_it_is_as_it_was(face: Face, page: Page) -> None:
    shown(page).get_by_role("checkbox", name="Email").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Columns")).to_be_focused()
    page.get_by_role("button", name="Columns").click()
    expect(shown(page).get_by_role("checkbox", name="Email")).to_be_checked()
    face.check_all("columns/open", "#columns")
