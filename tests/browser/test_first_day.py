"""A first day: a new firm brings its contacts in, finds, notes, tags, saves, exports, and invites a colleague."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from fairlead.events.consumers import registered
from fairlead.events.consuming.line import introduce
from fairlead.events.consuming.loop import feed
from fairlead.events.tests.waiting import wait_for_horizon
from fairlead.jobs.testing import drain
from tests.browser.conftest import Face, Size, Theme

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


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("narrow", "dark")])
def test_a_first_day(open_face: Callable[..., Face], db: None, size: Size, theme: Theme) -> None:
    owner = open_face(size, theme)
    sign_up(owner)
    bring_in(owner)
    find_and_note(owner)
    tag_two_hundred(owner)
    save_the_view(owner)
    export(owner)
    bob = invite(owner, open_face(size, theme))
    bob.go(FIRM + "contacts/")
    expect(bob.page.get_by_role("link", name="VIP people")).to_be_visible()


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


def tag_two_hundred(face: Face) -> None:
    """200 at once: all that live in a handful of countries, by a filter."""
    page = face.go(FIRM + "contacts/")
    page.get_by_label("Select all rows of this page").check()
    page.locator("[data-select-all]").click()
    page.locator("[data-bulk-bar]").get_by_role("button", name="Add tags").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    tags = dialog.get_by_role("combobox").first
    tags.fill("VIP")
    tags.press("Enter")
    face.check("journey-8-bulk")
    dialog.get_by_role("button", name="Add tags").click()
    expect(dialog.get_by_text("Stop", exact=True)).to_be_visible()
    work()
    expect(dialog.get_by_text("Done")).to_be_visible()
    expect(dialog).to_contain_text("500 changed")


def save_the_view(face: Face) -> None:
    page = face.go(FIRM + 'contacts/?criteria={"field":"lifecycle","op":"in","value":["client"]}')
    page.locator("[data-save-view]").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("VIP people")
    dialog.get_by_label("Everybody in the firm", exact=False).check()
    dialog.get_by_role("button", name="Save").last.click()
    expect(page.get_by_role("link", name="VIP people")).to_be_visible()
    face.check("journey-9-view")


def export(face: Face) -> None:
    page = face.page
    page.get_by_role("main").get_by_role("link", name="Export").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Export").last.click()
    work()
    with page.expect_download() as waiting:
        dialog.get_by_role("link", name="Download").click()
    rows = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert 1 < len(rows) < 501
    assert "Email" in rows[0]


def invite(face: Face, other: Face) -> Face:
    page = face.go(FIRM + "settings/members/")
    page.get_by_role("link", name="Invite").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email", exact=False).fill("bob@harbour.example")
    dialog.get_by_role("button", name="Invite").last.click()
    expect(page.get_by_text("bob@harbour.example").first).to_be_visible()
    work()
    link = next(w for w in str(mail.outbox[-1].body).split() if "/join/" in w or "invitation" in w)
    joining: Page = other.go("/" + link.split("/", 3)[3])
    for label, text in (("First name", "Bob"), ("Last name", "Beech"), ("Password", PASSWORD)):
        joining.get_by_label(label, exact=False).first.fill(text)
    joining.get_by_role("button", name="Join").click()
    joining.wait_for_url(f"**{FIRM}**")
    return other
