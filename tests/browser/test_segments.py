"""Segments by hand: built condition by condition, filled while somebody edits in another tab; all faces pass axe."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.segments.actions.personas import create_persona
from fairlead.segments.actions.ready_made import create_ready_made
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.tests.keeping import catch_up
from fairlead.tenancy.public import firm_context

from .faces import Face
from .working import work

pytestmark = pytest.mark.browser
BERLIN = {"field": "city", "op": "is", "value": "Berlin"}


@pytest.fixture
def people(alice: Person) -> list[Any]:
    """Ten people; Ada lives in Rome, every third in Berlin."""
    names = "Ada Ben Cleo Dan Eve Finn Gus Hana Ida Jon".split()
    with firm_context(alice.firm.id):
        return [
            create_contact(
                {"first_name": n, "last_name": "Byron", "city": "Rome" if at % 3 == 0 else "Berlin"}, by=alice.actor
            ).id
            for at, n in enumerate(names)
        ]


def test_a_segment_is_built_and_somebody_enters_it(face: Face, live: int, alice: Person, people: list[Any]) -> None:
    work()  # the worker was there before: who follows what is new follows it from now on
    face.log_in(alice)
    page = face.page
    page.goto(face.server + alice.url("segments/new"), wait_until="commit")
    _build(page)
    page.wait_for_url("**/segments/*-*/", wait_until="commit")
    expect(page.locator("body[data-live-state=open]")).to_be_attached()
    work()
    people_in = page.locator(".segment-figures strong").first
    expect(people_in).to_have_text("6")
    _moves_to_berlin(page.context.new_page(), face.server + alice.url(f"contacts/{people[0]}/"))
    work()
    expect(people_in).to_have_text("7")  # nobody reloaded it
    page.get_by_placeholder("Name or address").fill("Ada")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Ada Byron").click()
    expect(page.get_by_text("In the segment")).to_be_visible()
    expect(page.locator(".reasons .is-true").first).to_be_visible()
    assert face.troubles == []


def _build(page: Page) -> None:
    page.get_by_label("Name").fill("Berliners")
    page.locator(".criteria-picker input").fill("City")
    page.get_by_role("option", name="City", exact=True).first.click()
    condition = page.get_by_role("group", name="City")
    expect(page.locator(".segment-preview [data-problems]")).to_be_visible()
    expect(condition.locator(".error")).to_have_count(0)  # nothing is wrong before anything was typed
    condition.get_by_role("combobox").select_option("is")
    condition.get_by_role("textbox").fill("Berlin")
    expect(page.locator(".preview-count")).to_contain_text("6 of 10 contacts")
    page.get_by_role("button", name="Save segment").click()


def _moves_to_berlin(tab: Page, address: str) -> None:
    tab.goto(address, wait_until="commit")
    tab.get_by_role("button", name="Edit City").click()
    tab.get_by_role("textbox", name="City").fill("Berlin")
    tab.locator("#fact-city").get_by_role("button", name="Save").click()
    expect(tab.locator("#fact-city")).to_contain_text("Berlin")


def test_conditions_move_by_keyboard(open_face: Callable[..., Face], alice: Person, people: list[Any]) -> None:
    tree = {"all": [BERLIN, {"any": [{"field": "country", "op": "is_known"}, {"field": "region", "op": "is_known"}]}]}
    with firm_context(alice.firm.id):
        made = create_segment({"name": "Nested", "criteria": tree}, by=alice.actor)
    face = open_face()
    face.log_in(alice)
    page = face.go(alice.url(f"segments/{made.pk}/edit"))
    page.get_by_role("button", name="Move City", exact=True).press("ArrowRight")
    value = page.locator("fl-criteria input[name=criteria]")
    expect(value).to_have_value(
        '{"all":[{"any":[{"field":"city","op":"is","value":"Berlin"},{"field":"country","op":"is_known"},'
        '{"field":"region","op":"is_known"}]}]}'
    )
    page.get_by_role("button", name="Move City", exact=True).press("ArrowLeft")
    expect(page.locator("#criteria-said")).to_have_text("City moved out.")
    page.get_by_role("button", name="Add a group").last.press("Enter")
    expect(page.get_by_role("combobox", name="Add a condition").first).not_to_be_focused()
    expect(page.locator("fl-criteria .criteria-group:not(.is-root) .criteria-picker input:focus")).to_have_count(1)
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_role("button", name="Save segment").press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()


def test_full_pages_are_sound(face: Face, alice: Person, people: list[Any]) -> None:
    """Those that show much when there are many; every page is looked at in test_every_page."""
    with firm_context(alice.firm.id):
        tree = {"all": [BERLIN, {"any": [{"field": "country", "op": "is_known"}, {"not": BERLIN}]}]}
        made = create_segment({"name": "Berliners", "criteria": tree, "description": "Who lives here"}, by=alice.actor)
        create_segment({"name": "In Berlin", "criteria": {"all": [BERLIN]}}, by=alice.actor)
        create_segment({"name": "Picked", "kind": "static"}, by=alice.actor)
        create_ready_made(by=alice.actor)
        create_persona({"name": "Founder", "goals": "Grow", "challenges": "Time"}, by=alice.actor)
    drain()
    catch_up(alice)
    face.log_in(alice)
    for path, name in (
        ("segments/", "segments"), (f"segments/{made.pk}/", "segment"), (f"segments/{made.pk}/edit", "segment-edit"),
    ):  # fmt: skip
        face.go(alice.url(path))
        face.check_all(name)
