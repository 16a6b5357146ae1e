"""Fields of a firm's own, from the first to the value: made, set for many, and changed in place."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.models import CustomField
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

from .faces import Face

pytestmark = pytest.mark.browser


def test_a_field_is_made_set_for_many_and_changed_in_place(face: Face, alice: Person) -> None:
    with firm_context(alice.firm.id):
        ada, _ = (create_contact({"first_name": n, "last_name": "Byron"}, by=alice.actor) for n in ("Ada", "Ben"))
    face.log_in(alice)
    page = face.go(alice.url("settings/fields/contacts/"))
    page.get_by_role("link", name="New field").click()
    face.check_all("fields/kinds")
    face.look("wide", "light")
    page.get_by_role("link", name="Yearly date").click()
    page.get_by_label("Label").fill("Renewal")
    page.get_by_label("Group").fill("Contract")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("cell", name="Renewal", exact=True)).to_be_visible()
    with firm_context(alice.firm.id):
        assert CustomField.rows().get().key == "renewal"
    set_for_all(face, alice)
    change_in_place(face, alice.url(f"contacts/{ada.pk}/"))


def set_for_all(face: Face, alice: Person) -> None:
    page = face.go(alice.url("contacts/"))
    page.locator("thead input[type=checkbox]").check()
    page.get_by_role("button", name="Set a field").click()
    page.get_by_role("combobox", name="Field").fill("renew")
    expect(page.get_by_role("option")).to_have_text(["Renewal"])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Renewal becomes")).to_be_focused()
    face.check_all("set-a-field", "dialog[open]")
    face.look("wide", "light")
    page.get_by_label("Renewal becomes").fill("12 April")
    page.get_by_role("dialog").get_by_role("button", name="Set a field").click()
    expect(page.locator("[data-job-active]").first).to_be_visible()
    drain()
    expect(page.get_by_role("dialog")).to_contain_text("2 changed")


def change_in_place(face: Face, address: str) -> None:
    page = face.go(address)
    renewal = page.locator(".fact", has_text="Renewal")
    expect(renewal).to_contain_text("12 April")
    page.get_by_role("button", name="Edit Renewal").click()
    expect(page.get_by_label("Renewal", exact=True)).to_have_value("12 April")
    page.get_by_label("Renewal", exact=True).fill("Smarch")
    page.keyboard.press("Enter")
    expect(renewal).to_contain_text("There is no day “Smarch”")
    page.get_by_label("Renewal", exact=True).fill("May 3, 2027")
    page.keyboard.press("Enter")
    expect(renewal).to_contain_text("3 May 2027")
    expect(page.get_by_role("button", name="Edit Renewal")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Edit Renewal")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape(address)))


def test_a_field_with_search_has_the_focus_when_it_is_edited(face: Face, alice: Person) -> None:
    with firm_context(alice.firm.id):
        values = {"label": "Interests", "kind": "multi_select", "options": ["Tax", "Audit"]}
        create_field(nouns.get("contact"), values, by=alice.actor)
        ada = create_contact({"first_name": "Ada"}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.pk}/"))
    edit = page.get_by_role("button", name="Edit Interests")
    edit.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Interests")).to_be_focused()
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()


def test_radio_buttons_and_check_boxes_are_drawn_as_such(face: Face, alice: Person) -> None:
    options = [{"value": v.lower(), "label": v} for v in ("Gold", "Silver")]
    with firm_context(alice.firm.id):
        for label, kind in (("Tier", "radio"), ("Services", "checkboxes")):
            create_field(nouns.get("contact"), {"label": label, "kind": kind, "options": options}, by=alice.actor)
        ada = create_contact({"first_name": "Ada", "custom": {"tier": "silver"}}, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.pk}/"))
    page.get_by_role("button", name="Edit Tier").click()
    expect(page.get_by_role("radio", name="Silver")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Gold")).to_be_checked()
    face.check_all("fields/side-by-side", "main")
    face.look("wide", "light")
    tier = page.locator(".fact", has_text="Tier")
    tier.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Edit Tier")).to_be_focused()
    expect(tier).to_contain_text("Gold")
    services = page.locator(".fact", has_text="Services")
    for ticked in (True, False):
        page.get_by_role("button", name="Edit Services").click()
        for name in ("Gold", "Silver"):
            page.get_by_role("checkbox", name=name).set_checked(ticked)
        services.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name="Edit Services")).to_be_focused()
        expect(services.get_by_text("Silver")).to_have_count(int(ticked))


def test_a_refused_task_leads_to_the_field_that_is_missing(face: Face, alice: Person) -> None:
    with firm_context(alice.firm.id):
        values = {"label": "Matter number", "kind": "text", "is_required": True}
        create_field(nouns.get("task"), values, by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url("tasks/mine/"))
    page.get_by_role("link", name="New task").click()
    form = page.locator("dialog[open]")
    form.get_by_role("textbox", name="Task", exact=True).fill("File the return")
    stretch(page, form.get_by_label("Steps, one a line"))
    form.get_by_role("button", name="Create task").click()
    matter = form.get_by_label("Matter number")
    expect(matter).to_be_focused()
    expect(form).to_contain_text("Matter number is required.")
    face.check_all("fields/task-refused", "dialog[open]")  # nor did the swap write a style, which the CSP refuses
    face.look("wide", "light")
    matter.fill("M-7")
    form.get_by_role("button", name="Create task").click()
    page.get_by_role("link", name="File the return").click()
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("M-7")


def stretch(page: Page, area: Locator) -> None:
    """Pull a text field by its corner: the browser writes its height into its style."""
    box = area.bounding_box()
    assert box
    # Hovering waits until the dialog stands still and nothing covers the corner.
    area.hover(position={"x": box["width"] - 4, "y": box["height"] - 4})
    at = area.bounding_box()
    assert at
    page.mouse.down()
    page.mouse.move(at["x"] + at["width"] - 4, at["y"] + at["height"] + 40, steps=4)
    page.mouse.up()
    expect(area).to_have_attribute("style", re.compile("height"))
