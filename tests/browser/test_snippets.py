"""Snippets behind a #, by keyboard alone: in rich text, in plain boxes, and when the server does not answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.snippets import add_usual_snippets
from fairlead.tenancy.public import firm_context

from .faces import Face, Size, Theme

pytestmark = pytest.mark.browser
IS_IN_VIEW = """option => {
    const inner = option.getBoundingClientRect(), outer = option.parentElement.getBoundingClientRect();
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1 && outer.bottom <= innerHeight;
}"""


@pytest.fixture
def shared(alice: Person) -> None:
    with firm_context(alice.firm.id):
        add_usual_snippets(by=alice.actor)


@pytest.mark.parametrize(("size", "theme"), [("wide", "light"), ("narrow", "dark")])
def test_a_snippet_is_chosen_far_down_the_list(
    open_face: Callable[..., Face], shared: None, alice: Person, size: Size, theme: Theme
) -> None:
    face = open_face(size, theme)
    face.log_in(alice)
    page = face.go(alice.url("tasks/mine/"))
    page.keyboard.press("n")
    dialog = page.locator("#dialog[open]")
    text = dialog.locator("[contenteditable]")
    text.focus()
    page.keyboard.type("See #")
    expect(page.get_by_role("listbox", name="Snippets")).to_be_visible()
    expect(text).to_have_attribute("aria-controls", "inserts")
    page.keyboard.press("ArrowUp")
    last = page.locator("#inserts [role=option]").last
    expect(last).to_have_attribute("aria-selected", "true")
    assert last.evaluate(IS_IN_VIEW), "The list follows the arrow keys."
    face.check("snippets/offered", scope="#dialog")
    page.keyboard.press("Escape")
    expect(page.locator("#inserts")).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(text).to_have_text("See #")
    page.keyboard.type(" #thanks")
    expect(page.get_by_role("option", name="#thanks")).to_be_visible()
    page.keyboard.press("Tab")
    expect(text).to_contain_text("thank you for your time")
    expect(text).to_be_focused()
    assert face.troubles == []


def test_what_was_typed_stays_when_the_text_does_not_arrive(face: Face, shared: None, alice: Person) -> None:
    face.log_in(alice)
    page = face.go(alice.url("tasks/mine/"))
    page.route("**/expand", lambda route: route.abort())
    page.get_by_role("link", name="New task").first.click()
    dialog = page.locator("#dialog[open]")
    for box in (dialog.get_by_role("textbox", name="Task", exact=True), dialog.locator("[contenteditable]")):
        box.click()
        page.keyboard.type("#thanks")
        expect(page.get_by_role("option", name="#thanks")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_text("The snippet did not arrive. Try again.").last).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Task", exact=True)).to_have_value("#thanks")
    expect(dialog.locator("[contenteditable]")).to_have_text("#thanks")
