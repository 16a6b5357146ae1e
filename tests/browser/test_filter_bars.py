"""Filter bars: chosen by hand they show at once, by keyboard when "Show" or Enter says so."""

import re

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person

from .faces import Face

pytestmark = pytest.mark.browser


@pytest.fixture
def page(face: Face, alice: Person) -> Page:
    face.log_in(alice)
    return face.go(alice.url("tasks/mine/"))


def test_a_tick_shows_at_once_and_keeps_the_focus(page: Page) -> None:
    page.get_by_role("checkbox", name="Show completed").click()
    page.wait_for_url(re.compile("done=1"))
    expect(page.get_by_role("checkbox", name="Show completed")).to_be_focused()


def test_what_is_picked_from_a_list_with_the_mouse_shows_at_once(page: Page) -> None:
    kinds = page.get_by_role("combobox", name="Type")
    kinds.dispatch_event("pointerdown")  # the list that opens is the browser's own, no part of the page
    kinds.select_option("call")
    page.wait_for_url(re.compile("type=call"))


def test_by_keyboard_the_page_waits_for_show(page: Page) -> None:
    kinds = page.get_by_role("combobox", name="Type")
    kinds.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(kinds).not_to_have_value("")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # "Show completed"
    expect(page).not_to_have_url(re.compile("type=|done="))
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("type=.+done=1"))
    expect(page.get_by_role("button", name="Show")).to_be_focused()


def test_of_two_dates_the_first_waits_for_the_second(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go(alice.url("settings/audit/"))
    for name, day in (("From", "2026-01-01"), ("Until", "2026-12-31")):
        expect(page).not_to_have_url(re.compile("since="))
        page.get_by_label(name, exact=True).dispatch_event("pointerdown")
        page.get_by_label(name, exact=True).fill(day)
    page.wait_for_url(re.compile("since=2026-01-01.*until=2026-12-31"))
