"""A first day, from signing up to a colleague at work, in real Chromium: on a desk and, in the dark, on a phone."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Locator, expect

from tests.browser.faces import Face, Size, Theme
from tests.browser.firm import HUBSPOT
from tests.browser.working import work

pytestmark = pytest.mark.browser
PASSWORD = "seven-quiet-harbours"
FIRM = "/f/harbour-partners/"


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("narrow", "dark")])
def test_a_first_day_and_a_colleague(open_face: Callable[..., Face], db: None, size: Size, theme: Theme) -> None:
    owner = open_face(size, theme)
    sign_up(owner)
    bring_in(owner)
    find_and_note(owner)
    tag_two_hundred(owner)
    save_the_view(owner)
    export(owner)
    invite(owner)
    colleague = open_face(size, theme)
    join(colleague)
    see_what_the_owner_made(colleague)


def sign_up(face: Face) -> None:
    page = face.go("/accounts/signup/")
    for label, text in (("First name", "Ada"), ("Last name", "Harbour"), ("Work email", "ada@harbour.example")):
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("input[name=name]").fill("Harbour Partners")
    page.get_by_role("button", name="Create the firm").click()
    page.wait_for_url(f"**{FIRM}**")
    face.settle()
    face.check("journey/1-welcome")


def bring_in(face: Face) -> None:
    page = face.go(FIRM + "contacts/")
    page.get_by_role("main").get_by_role("link", name="Import").first.click()
    page.locator("input[type=file]").set_input_files(HUBSPOT)
    page.get_by_role("button", name="Upload and continue").click()
    expect(page.get_by_label("Email becomes", exact=True)).to_have_value("email")
    face.check("journey/2-columns")
    page.get_by_role("button", name="Dry run").click()
    expect(page.locator("[data-job-active]").first).to_be_visible()
    work()
    expect(stat(face, "Would be created")).to_have_text("500")
    face.settle()
    face.check("journey/3-dry-run")
    page.locator("button[name=go][value=start]").click()
    expect(page.locator("[data-job-active]").first).to_be_visible()
    work()
    expect(stat(face, "Created")).to_have_text("500")
    expect(stat(face, "Left out")).to_have_text("0")
    face.settle()
    face.check("journey/4-imported")


def stat(face: Face, label: str) -> Locator:
    name = face.page.get_by_role("term").get_by_text(label, exact=True)
    return face.page.locator(".stat").filter(has=name).get_by_role("definition").first


def find_and_note(face: Face) -> None:
    """The person is Tola Moskalik; nobody remembers how that is spelt."""
    page = face.go(FIRM + "contacts/")
    page.keyboard.press("Control+k")
    page.locator("#palette-input").fill("tola moskalick")
    option = page.get_by_role("option", name="Tola Moskalik").first
    expect(option).to_be_visible()
    face.check("journey/5-palette", scope="#palette")
    option.click()
    expect(page.get_by_role("heading", name="Tola Moskalik")).to_be_visible()
    face.settle()
    page.locator(".composer [contenteditable]").click()
    page.keyboard.type("Met at the spring fair. Wants an audit by June.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator("#timeline").get_by_text("Wants an audit by June.")).to_be_visible()
    work()
    page.keyboard.press("Control+k")
    page.locator("#palette-input").fill("audit by june")  # what was written is found as well
    expect(page.get_by_role("option").filter(has_text="Tola Moskalik").first).to_be_visible()
    page.keyboard.press("Escape")
    face.settle()
    face.check("journey/6-person")


def tag_two_hundred(face: Face) -> None:
    """A firm that has no tag yet tags the people of four pages with a new one."""
    page = face.go(FIRM + "contacts/")
    for pages in range(1, 5):
        page.get_by_label("Select all rows of this page").check()
        expect(page.locator("[data-selected-count]")).to_have_text(str(50 * pages))
        if pages < 4:
            first = page.locator("tr[data-row]").first.get_attribute("data-row")
            page.get_by_role("link", name="Next").click()
            expect(page.locator(f"tr[data-row='{first}']")).to_have_count(0)
    page.get_by_role("toolbar", name="Selected contacts").get_by_role("button", name="Add tags").click()
    dialog = page.get_by_role("dialog", name="Add tags")
    dialog.get_by_role("button", name="Add tags").click()  # too early: no tag is chosen yet
    expect(dialog.get_by_role("alert").first).to_be_visible()
    dialog.get_by_role("combobox", name="Tags").fill("Spring 2027")
    page.get_by_role("option", name="Spring 2027").click()
    face.check("journey/7-tags", scope="#dialog")
    dialog.get_by_role("button", name="Add tags").click()
    running = page.get_by_role("dialog").filter(has_text="Add the tag Spring 2027")
    expect(running.get_by_role("button", name="Stop")).to_be_visible()
    work()
    expect(running).to_contain_text("200 changed")
    face.check("journey/8-tagged", scope="#dialog")
    running.get_by_role("button", name="Close").last.click()
    expect(running).to_be_hidden()


def save_the_view(face: Face) -> None:
    page = face.go(FIRM + "contacts/")
    page.get_by_role("button", name="Filter").click()
    page.locator(".criteria-picker input").click()
    page.keyboard.type("Tag")
    page.get_by_role("option", name="Tags", exact=True).click()
    values = page.get_by_role("group", name="Tags").locator("input[role=combobox]")
    values.click()
    page.get_by_role("option", name="Spring 2027", exact=True).click()
    values.press("Escape")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("[data-total]")).to_have_text("200 contacts")
    page.get_by_role("button", name="Save as a view").click()
    dialog = page.get_by_role("dialog", name="Save")
    dialog.get_by_label("Name").fill("Spring letter")
    dialog.get_by_label("Who sees it").select_option("firm")
    face.check("journey/9-view", scope="#dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("a.tab", has_text="Spring letter")).to_have_attribute("aria-current", "page")
    expect(page.locator("[data-total]")).to_have_text("200 contacts")


def export(face: Face) -> None:
    page = face.page
    head = page.locator(".page-actions")
    if face.name.startswith("narrow"):
        head.get_by_role("button", name="More actions").click()
        head.get_by_role("menuitem", name="Export").click()
    else:
        head.get_by_role("link", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Columns").fill("Tags")
    page.get_by_role("option", name="Tags", exact=True).click()
    dialog.get_by_role("button", name="Export").click()
    with page.expect_download() as waiting:  # so few are written while the owner waits
        dialog.get_by_role("link", name="Download").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    with HUBSPOT.open(encoding="utf-8-sig", newline="") as file:
        everybody = {row["Email"].lower() for row in csv.DictReader(file)}
    found = {row["Email"] for row in rows}
    assert len(rows) == len(found) == 200
    assert found < everybody
    assert {row["Tags"] for row in rows} == {"Spring 2027"}
    dialog.get_by_role("button", name="Close").first.click()


def invite(face: Face) -> None:
    page = face.go(FIRM + "settings/members/")
    page.get_by_role("link", name="Invite").click()
    dialog = page.get_by_role("dialog", name="Invite")
    dialog.get_by_label("Email").fill("bob@harbour.example")
    dialog.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("main").get_by_text("bob@harbour.example")).to_be_visible()
    work()


def join(face: Face) -> None:
    letter = next(m for m in mail.outbox if m.to == ["bob@harbour.example"])
    link = next(word for word in str(letter.body).split() if "/join/" in word)
    page = face.go("/" + link.split("/", 3)[3])
    page.get_by_label("First name").fill("Bob")
    page.get_by_label("Last name").fill("Beech")
    page.get_by_label("Password").fill(PASSWORD)
    face.check("journey/10-join")
    page.get_by_role("button", name="Accept the invitation").click()
    page.wait_for_url(f"**{FIRM}**")


def see_what_the_owner_made(face: Face) -> None:
    page = face.go(FIRM + "contacts/")
    expect(page.locator("[data-total]")).to_have_text("500 contacts")
    page.get_by_role("link", name="Spring letter").click()
    expect(page.locator("[data-total]")).to_have_text("200 contacts")
    page.locator("tr[data-row] .cell-link").first.click()
    expect(page.locator("#record-tags")).to_contain_text("Spring 2027")
    face.settle()
    face.check("journey/11-colleague")
