"""The page of a task while several work on it, and what a refused call says to the keyboard."""

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import checklists
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import ChecklistItem
from fairlead.tenancy.public import firm_context

from .faces import Face

pytestmark = pytest.mark.browser


def test_what_somebody_is_typing_outlives_what_a_colleague_does(face: Face, alice: Person, bob: Person) -> None:
    with firm_context(alice.firm.id):
        task = create_task({"title": "Prepare the review", "checklist": ["Read", "Write"]}, by=alice.actor)
        read = ChecklistItem.rows().get(task=task, text="Read")
    face.log_in(alice)
    page = face.go(alice.url(f"tasks/{task.pk}/"))
    page.locator("main [contenteditable]").click()
    page.keyboard.type("Half a comment")
    page.get_by_label("New step").fill("Half a step")
    with firm_context(alice.firm.id):
        checklists.tick_step(read.pk, by=bob.actor)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('refresh:tasks'))")  # as the live events do
    expect(page.locator("#task-side")).to_contain_text("Bob Beech ticked “Read”")
    expect(page.get_by_role("button", name="Read", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("main [contenteditable]")).to_have_text("Half a comment")
    expect(page.get_by_label("New step")).to_have_value("Half a step")
    page.get_by_role("button", name="Write", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Write", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Write", exact=True)).to_be_focused()
    page.get_by_label("New step").press("Enter")
    expect(page.locator("#task-side")).to_contain_text("added the step “Half a step”")
    page.get_by_role("link", name="Reword Write").click()
    page.locator("#dialog[open]").get_by_label("Step").fill("Write it down")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Write it down", exact=True)).to_be_visible()
    face.check("tasks/a-task-that-several-work-on")
    assert face.troubles == []


def test_a_refused_call_brings_the_focus_to_what_is_missing(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go(alice.url("calls/"))
    page.get_by_role("link", name="Log call").first.click()
    dialog = page.locator("#dialog[open]")
    dialog.get_by_role("button", name="Log call").click()
    expect(dialog.get_by_text("Choose at least one record that it is about.")).to_be_visible()
    expect(dialog.get_by_role("combobox", name="About")).to_be_focused()


def test_who_completes_by_keyboard_goes_on_with_the_next(face: Face, alice: Person) -> None:
    with firm_context(alice.firm.id):
        for title in ("First", "Second", "Third", "Fourth"):
            create_task({"title": title, "assignees": [alice.membership.id]}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url("tasks/mine/"))
    for key in ("j", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".task-title")).to_have_count(3)
    following = page.locator(".task-title").nth(1)
    expect(following).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".task-title")).to_have_count(2)
    expect(page.locator(".task-title").nth(1)).to_be_focused()


def test_a_calendar_address_is_copied_before_it_is_gone(face: Face, alice: Person) -> None:
    face.log_in(alice)
    page = face.go(alice.url("tasks/mine/"))
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Show in my calendar").click()
    dialog = page.locator("#dialog[open]")
    dialog.get_by_role("button", name="Make an address").click()
    expect(dialog.get_by_text("It is shown this once")).to_be_visible()
    expect(dialog.locator(".alert")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Have you copied it?")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    dialog.get_by_role("link", name="I have copied it").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_the_next_tasks_are_ticked_over_any_page(face: Face, alice: Person) -> None:
    with firm_context(alice.firm.id):
        for title in ("Call Ada", "Write to Ben"):
            create_task({"title": title, "assignees": [alice.membership.id]}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url("contacts/"))
    page.keyboard.press("Control+k")
    page.keyboard.type("my next tasks")
    expect(page.locator("#palette .option.is-active")).to_contain_text("My next tasks")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="My next tasks")
    dialog.get_by_role("button", name="Complete Call Ada").click()
    expect(dialog.locator(".task")).to_have_count(1)
    expect(dialog.get_by_role("button", name="Complete Write to Ben")).to_be_focused()
    face.check_all("next-tasks", "dialog[open]")
    page.keyboard.press("Space")
    expect(dialog).to_contain_text("Nothing is open.")
    expect(dialog.get_by_role("link", name="All my tasks")).to_be_focused()
