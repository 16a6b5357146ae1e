"""The building blocks under real hands: palette, list, filter, dialogs, record, editor. On the gallery's pages."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .faces import Face

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]


def criteria_of(page: Page) -> object:
    return json.loads(page.locator("fl-criteria input[name=criteria]").input_value())


def add_condition(page: Page, name: str, group: int = 0) -> None:
    page.locator(".criteria-picker input").nth(group).click()
    page.keyboard.type(name)
    expect(page.locator(".listbox:popover-open .option").first).to_contain_text(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name=name)).to_be_visible()


def test_palette_by_keyboard_alone(face: Face) -> None:
    page = face.go("/shell/gallery/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search contacts")).to_be_focused()
    page.keyboard.type("ada")
    expect(page.locator("#palette .option").first).to_contain_text("Ada Okafor")
    face.check()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gallery/record/")
    page.keyboard.press("Control+k")
    page.keyboard.type("compon")
    expect(page.locator("#palette .option.is-active")).to_contain_text("Components")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_who_types_quicker_than_the_palette_answers_goes_to_what_is_found(face: Face) -> None:
    page = face.go("/shell/gallery/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette .option.is-active")).to_have_count(1)  # a command, before anything is typed
    page.locator("#palette-input").fill("ada")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gallery/record/")


def test_shortcuts_go_places_and_explain_themselves(face: Face) -> None:
    page = face.go("/shell/gallery/")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/gallery/list/")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_contain_text("Select the row")
    face.check()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+n")
    expect(page.get_by_role("dialog", name="New contact")).to_be_visible()


def test_the_theme_is_kept_and_drawn_by_the_server(face: Face) -> None:
    page = face.go("/shell/gallery/")
    page.get_by_role("button", name="You: Alice Ash").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    assert page.request.get(page.url).text().count('data-theme="dark"') == 1
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_drawer_opens_from_below(open_face: Callable[..., Face]) -> None:
    face = open_face("narrow")
    page = face.go("/shell/gallery/list/")
    expect(page.get_by_role("link", name="Companies")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Companies")).to_be_visible()
    face.check("blocks/drawer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Menu")).to_be_focused()


def test_search_narrows_while_typing(face: Face) -> None:
    page = face.go("/shell/gallery/list/")
    page.keyboard.press("/")
    page.keyboard.type("chiara")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert parse_qs(urlsplit(page.url).query)["q"] == ["chiara"]
    page.keyboard.type(" nobody")
    expect(page.get_by_role("heading", name="No contacts match")).to_be_visible()
    page.go_back()
    expect(page.locator("tr[data-row]")).to_have_count(1)


def test_rows_by_keyboard(face: Face) -> None:
    page = face.go("/shell/gallery/list/")
    for key in ("j", "j", "x", "j", "x", "k"):
        page.keyboard.press(key)
    expect(page.locator("[data-selected-count]")).to_have_text("2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gallery/record/")


def test_a_bulk_dialog_gets_the_selection(face: Face) -> None:
    page = face.go("/shell/gallery/list/?q=a")
    expect(page.locator("[data-total]")).to_have_text("1,204 contacts")
    page.locator("[data-select]").nth(0).check()
    page.locator("[data-select]").nth(2).click(modifiers=["Shift"])
    expect(page.locator("[data-selected-count]")).to_have_text("3")
    page.get_by_role("checkbox", name="Select all rows of this page").check()
    page.get_by_role("button", name="Select all 1,204 in this list").click()
    face.check("blocks/bulk")
    with page.expect_request(lambda request: "count=1204" in request.url):
        page.get_by_role("toolbar", name="Selected contacts").get_by_role("button", name="Tag").click()
    dialog = page.get_by_role("dialog", name="New contact")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        dialog.get_by_role("button", name="Create").click()
    selection = json.loads(parse_qs(sent.value.post_data or "")["selection"][0])
    assert selection == {"all": True, "search": "?q=a"}
    expect(dialog.get_by_role("alert").first).to_be_focused()


def test_the_filter_builder_writes_the_tree(face: Face) -> None:
    page = face.go("/shell/gallery/list/")
    page.get_by_role("button", name="Filter").click()
    add_condition(page, "Stage")
    page.get_by_role("combobox", name="Values").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    add_condition(page, "Mail opened")
    page.get_by_label("Times").fill("2")
    page.get_by_role("button", name="Add a group").click()
    add_condition(page, "Birthday")
    page.get_by_role("group", name="Birthday").get_by_label("Operator").select_option("after")
    page.get_by_role("group", name="Birthday").get_by_label("Amount").fill("3")
    expected = {
        "all": [
            {"field": "lifecycle", "op": "in", "value": ["lead"]},
            {"event": {"type": "mail.opened", "op": ">=", "count": 2, "within": {"days": 30}}},
            {"any": [{"field": "birthday", "op": "after", "value": {"relative": {"unit": "days", "amount": -3}}}]},
        ]
    }
    assert criteria_of(page) == expected
    face.check("blocks/filter")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**criteria=**")
    assert json.loads(parse_qs(urlsplit(page.url).query)["criteria"][0]) == expected
    page.reload()
    assert criteria_of(page) == expected, "The builder shows what the address says."


def test_a_wrong_condition_says_so_where_it_is(face: Face) -> None:
    tree = '{"all":[{"field":"lifecycle","op":"in","value":[]}]}'
    page = face.go(f"/shell/gallery/list/wrong/?criteria={tree}")
    expect(page.get_by_role("group", name="Stage").get_by_role("alert")).to_have_text("Stage needs at least one value.")


def test_columns_move_by_keyboard(face: Face) -> None:
    page = face.go("/shell/gallery/list/")
    page.get_by_role("button", name="Columns").click()
    page.locator("[data-key=phone] input").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.locator("[data-key=tags] input").uncheck()
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.locator("[data-columns-apply]").click()
    assert parse_qs(sent.value.post_data or "")["columns"][0].startswith("name,phone,email,stage,owner")


def test_unsaved_words_are_not_lost_by_accident(face: Face) -> None:
    page = face.go("/shell/gallery/list/")
    page.get_by_role("link", name="New contact").click()
    dialog = page.get_by_role("dialog", name="New contact")
    dialog.get_by_label("Name").fill("Ada")
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Are you sure?").get_by_role("button", name="Cancel").click()
    expect(dialog.get_by_label("Name")).to_have_value("Ada")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Throw away").click()
    expect(dialog).to_be_hidden()


def test_a_fact_is_edited_in_place_and_a_faster_colleague_shown(face: Face) -> None:
    page = face.go("/shell/gallery/record/")
    page.get_by_role("button", name="Edit Owner").click()
    page.get_by_role("textbox", name="Owner").fill("conflict")  # not the button that opens it
    page.keyboard.press("Enter")
    panel = page.locator("#fact-owner")
    expect(panel).to_contain_text("Bob Beech changed this record first")
    expect(panel).to_contain_text("Carter & Vale")
    face.check("blocks/conflict")
    page.get_by_role("button", name="Save mine").click()
    expect(panel.locator(".fact-value")).to_have_text("conflict")
    assert page.locator("fl-record").get_attribute("data-version") == "4"


def test_the_editor_writes_html_with_a_mention(face: Face) -> None:
    page = face.go("/shell/gallery/record/")
    text = page.get_by_role("textbox", name="Note")
    text.click()
    page.keyboard.type("Call ")
    page.keyboard.press("Control+b")
    page.keyboard.type("today")
    page.keyboard.press("Control+b")
    page.keyboard.type(" @bo")
    expect(page.get_by_role("option", name="Bob Beech")).to_be_visible()
    page.keyboard.press("Enter")
    html = page.locator("fl-editor input[name=body]").input_value()
    assert "<strong>today</strong>" in html
    assert re.search(r'data-type="mention"[^>]*data-id="2"', html), html
    face.check("blocks/editor")


def test_a_job_shows_its_progress_to_the_end(face: Face) -> None:
    page = face.go("/shell/gallery/")
    job = page.locator("#job-sample").first
    expect(job.get_by_role("progressbar")).to_be_visible()
    expect(job).to_contain_text("Done")
    expect(job.get_by_role("button", name="Undo")).to_be_visible()
