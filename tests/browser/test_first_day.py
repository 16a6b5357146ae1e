"""A first day: a new firm signs up, brings its contacts in, finds a person by a misspelt name, and writes a note."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fairlead.events.consumers import registered
from fairlead.events.consuming.line import introduce
from fairlead.events.consuming.loop import feed
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.jobs.testing import drain
from tests.browser.conftest import Face

pytestmark = pytest.mark.browser
HUBSPOT = Path(__file__).resolve().parents[1] / "data" / "contacts-hubspot.csv"
PASSWORD = "seven-quiet-harbours"
FIRM = "/f/harbour-partners/"


def work() -> None:
    """Do what the worker does: the waiting jobs, then the log's consumers."""
    drain()
    for consumer in registered():
        introduce(consumer)
    wait_for_horizon()
    while feed():
        pass


def test_a_first_day(open_face: Callable[..., Face], db: None) -> None:
    owner = open_face("wide", "light")
    sign_up(owner)
    bring_in(owner)
    find_and_note(owner)


def sign_up(face: Face) -> None:
    page = face.go("/accounts/signup/")
    for label, text in (("First name", "Ada"), ("Last name", "Harbour"), ("Work email", "ada@harbour.example")):
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("input[name=name]").fill("Harbour Partners")
    page.get_by_role("button", name="Create the firm").click()
    page.wait_for_url(f"**{FIRM}**")
    face.check("journey-1-welcome")


def bring_in(face: Face) -> None:
    page = face.go(FIRM + "contacts/")
    face.check("journey-2-nothing-yet")
    page.get_by_role("main").get_by_role("link", name="Import").first.click()
    page.locator("input[type=file]").set_input_files(HUBSPOT)
    page.get_by_role("button", name="Upload and continue").click()
    expect(page.get_by_label("Email becomes", exact=True)).to_have_value("email")
    face.check("journey-3-columns")
    page.get_by_role("button", name="Dry run").click()
    work()
    page.reload()
    expect(page.get_by_text("Would be created")).to_be_visible()
    face.check("journey-4-dry-run")
    page.locator("button[name=go][value=start]").click()
    page.wait_for_load_state("networkidle")
    work()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("500")
    face.check("journey-5-imported")


def find_and_note(face: Face) -> None:
    """The person is Tola Moskalik; nobody remembers how that is spelt."""
    page = face.go(FIRM + "contacts/")
    page.keyboard.press("Control+k")
    page.locator("#palette-input").fill("tola moskalick")
    option = page.get_by_role("option", name="Tola Moskalik").first
    expect(option).to_be_visible()
    face.check("journey-6-palette")
    option.click()
    expect(page.get_by_role("heading", name="Tola Moskalik")).to_be_visible()
    if page.get_by_role("tab", name="Timeline").is_visible():
        page.get_by_role("tab", name="Timeline").click()
    page.locator(".composer [contenteditable]").click()
    page.keyboard.type("Met at the spring fair. Wants an audit by June.")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("Wants an audit by June.").first).to_be_visible()
    work()
    page.reload()
    page.wait_for_load_state("networkidle")
    face.check("journey-7-person")
