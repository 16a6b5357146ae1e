"""The actions in the head of a page: in one row, on a phone the others in one menu; a wider window brings them back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.tasks import create_task
from fairlead.people.actions.contacts import create_contact
from fairlead.tenancy.public import firm_context

from .faces import SIZES, Face

pytestmark = pytest.mark.browser
ASIDE = ["Distribution", "Export", "Import"]


def shown(page: Page) -> list[str]:
    """Return what the head of the page offers without opening anything."""
    actions = page.locator(".page-actions").locator("a:visible, button:visible")
    return [a.get_attribute("aria-label") or a.inner_text().strip() for a in actions.all()]


def test_on_a_phone_the_first_action_stays_and_the_others_are_in_one_menu(
    open_face: Callable[..., Face], alice: Person
) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada"}, by=alice.actor)
    face = open_face("narrow", "light")
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    assert shown(page) == ["More actions", "New contact"]
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem")).to_have_text(ASIDE)
    face.check("page-actions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Export contacts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More actions")).to_be_focused()


def test_what_a_filter_leaves_is_exported_from_the_menu_too(open_face: Callable[..., Face], alice: Person) -> None:
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Ada"}, by=alice.actor)
    face = open_face("narrow", "dark")
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.get_by_role("searchbox").first.fill("ada")
    page.wait_for_function("() => document.querySelector('.page-actions [href*=\"q=ada\"]')")
    assert shown(page) == ["More actions", "New contact"]
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem")).to_have_text(ASIDE)
    page.keyboard.press("Escape")
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["wide"], strict=True)))  # type: ignore[arg-type]
    expect(page.locator(".page-actions")).not_to_contain_text("More")
    assert shown(page) == [*ASIDE, "New contact"]


def test_a_menu_of_the_page_takes_them_in_and_they_still_act(open_face: Callable[..., Face], alice: Person) -> None:
    with firm_context(alice.firm.id):
        task = create_task({"title": "Call Ada", "assignees": [alice.membership.id]}, by=alice.actor)
    face = open_face("narrow", "light")
    face.log_in(alice)
    page = face.go(alice.url(f"tasks/{task.pk}/"))
    assert shown(page) == ["Edit", "More actions"]
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Until tomorrow", "Assign", "Delete"])
    page.get_by_role("menuitem", name="Until tomorrow").click()
    expect(page.locator("#toasts")).to_contain_text("Put off until")
