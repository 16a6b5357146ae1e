"""Files come in and go out again by clicking alone: a workbook with several sheets, and an import taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from fairlead.accounts.tests.cast import Person

from .faces import Face, Size, Theme
from .working import work

pytestmark = pytest.mark.browser
PEOPLE = [
    ("Ada", "Byron", "ada@kestrel.example", "Partner"),
    ("Ben", "Cole", "ben@kestrel.example", "Clerk"),
    ("Cleo", "Dunn", "cleo@kestrel.example", "Auditor"),
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return a workbook of two sheets; who is wanted stands on the shorter one."""
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        left = [("Name", "Left on"), *((f"Former {number}", "2019-04-01") for number in range(9))]
        wanted = [("First name", "Last name", "Email", "Job title"), *PEOPLE]
        for name, rows in (("Left", left), ("People", wanted)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("narrow", "dark")])
def test_a_chosen_sheet_comes_in_and_goes_out_again(
    open_face: Callable[..., Face], alice: Person, workbook: Path, size: Size, theme: Theme
) -> None:
    face = open_face(size, theme)
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.get_by_role("main").get_by_role("link", name="Import").last.click()
    bring_in(face, workbook)
    promote_ada(face)
    take_back(face)
    page.get_by_role("link", name="Ada Byron").click()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Contacts").click()
    expect(page.locator("tr[data-row]")).to_have_count(1)


def bring_in(face: Face, workbook: Path) -> None:
    """From the page that asks for a file to the report of the import."""
    page = face.page
    page.locator("input[type=file]").set_input_files(workbook)
    page.get_by_role("button", name="Upload and continue").click()
    sheet = page.get_by_label("Worksheet")
    expect(sheet).to_be_visible()
    expect(page.get_by_label("Email becomes", exact=True)).to_have_count(0)
    sheet.select_option("People")
    page.get_by_role("button", name="Read it so").click()
    expect(page.get_by_label("Email becomes", exact=True)).to_have_value("email")
    expect(page.get_by_label("Worksheet")).to_have_value("People")
    face.check("imports/1-sheet")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("[data-job-active]").first).to_be_visible()
    work()
    expect(stat(page, "Created")).to_have_text("3")
    face.settle()
    face.check("imports/2-done")


def promote_ada(face: Face) -> None:
    """What is changed by hand after an import is not the import's any more."""
    page = face.page
    from_head(face, "Contacts")
    page.get_by_role("link", name="Ada Byron").click()
    if face.name.startswith("narrow"):
        page.get_by_role("tab", name="Facts").click()
    page.get_by_role("button", name="Edit Job title").click()
    page.get_by_role("textbox", name="Job title").fill("Managing partner")
    page.get_by_role("region", name="Facts").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Edit Job title")).to_be_focused()


def take_back(face: Face) -> None:
    """From Ada's page to the report of what went back; she stays, for somebody changed her."""
    page = face.page
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Contacts").click()
    from_head(face, "Import")
    page.get_by_role("table", name="Earlier imports").get_by_role("link", name="people.xlsx").click()
    page.get_by_role("button", name="Revert this import").click()
    page.get_by_role("dialog").get_by_role("button", name="Revert this import").click()
    expect(page.locator("[data-job-active]").first).to_be_visible()
    work()
    expect(page.get_by_role("main")).to_contain_text("2 records went back. Left as they are: 1 record.")
    face.settle()
    face.check("imports/3-reverted")


def from_head(face: Face, name: str) -> None:
    """Press an action of the page's head; on a phone it may be in the menu."""
    head = face.page.locator(".page-actions")
    expect(head).to_have_attribute("data-fits", "")
    action = head.get_by_role("link", name=name, exact=True)
    if not action.is_visible():
        head.get_by_role("button", name="More actions").click()
        action = head.get_by_role("menuitem", name=name)
    action.click()


def stat(page: Page, label: str) -> Locator:
    """Return the figure under a label."""
    name = page.get_by_role("term").get_by_text(label, exact=True)
    return page.locator(".stat").filter(has=name).get_by_role("definition").first
