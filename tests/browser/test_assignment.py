"""Assignment by hand and by itself: a rule made in the dialog gives a new contact away; the card says why."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.assignment.tests.making import lead, rule
from fairlead.people.actions.contacts import create_contact
from fairlead.segments.actions.picks import add_people
from fairlead.segments.actions.segments import create_segment
from fairlead.tenancy.public import firm_context

from .faces import Face
from .working import work

pytestmark = pytest.mark.browser


def test_a_rule_gives_what_is_new_and_says_why(face: Face, alice: Person, bob: Person) -> None:
    work()  # the worker was there before: who follows what is new follows it from now on
    face.log_in(alice)
    page = face.go(alice.url("settings/assignment/"))
    _make_rule(page)
    ada = lead(alice, "Ada", city="Berlin")
    work()
    page = face.go(alice.url(f"contacts/{ada.pk}/"))
    card = page.locator(".panel, .card").filter(has_text="By the rule Berliners").last
    expect(card).to_contain_text("Bob Beech")
    page.get_by_role("link", name="Who would get it?").click()
    dialog = page.locator("#dialog[open]")
    expect(dialog).to_contain_text("would go to Bob Beech")
    expect(dialog.locator(".reasons .is-true").last).to_contain_text("City is Berlin")
    face.check("assignment/try-with-a-record", scope="#dialog")
    assert face.troubles == []


def _make_rule(page: Page) -> None:
    page.get_by_role("link", name="New rule for contacts").click()
    dialog = page.locator("#dialog[open]")
    dialog.get_by_label("Name", exact=True).fill("Berliners")
    people, team = dialog.get_by_role("combobox", name="Chosen people"), dialog.get_by_label("Team", exact=True)
    expect(people).to_be_visible()
    expect(team).to_be_hidden()
    way = dialog.get_by_label("Goes to")
    way.select_option("team")
    expect(team).to_be_visible()
    expect(people).to_be_hidden()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Choose a team.").first).to_be_visible()
    way.select_option("relation")
    expect(team).to_be_hidden()
    expect(people).to_be_hidden()
    expect(dialog.get_by_label("Who of them")).to_be_hidden()
    way.select_option("members")
    dialog.get_by_role("combobox", name="Chosen people").fill("Bob")
    dialog.get_by_role("option", name="Bob Beech").click()
    dialog.locator(".criteria-picker input").fill("City")
    dialog.get_by_role("option", name="City", exact=True).first.click()
    condition = dialog.get_by_role("group", name="City")
    condition.get_by_role("combobox").select_option("is")
    condition.get_by_role("textbox").fill("Berlin")
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator(".stage-row")).to_contain_text("Bob Beech")


def test_rules_are_put_in_order_by_keyboard(face: Face, alice: Person, bob: Person) -> None:
    rule(alice, alice, name="First")
    rule(alice, bob, name="Second")
    face.log_in(alice)
    page = face.go(alice.url("settings/assignment/"))
    handle = page.get_by_role("button", name="Move Second")
    handle.press(" ")
    handle.press("ArrowUp")
    handle.press(" ")
    expect(page.get_by_text("Order saved.")).to_be_visible()
    page = face.go(alice.url("settings/assignment/"))
    expect(page.locator(".stage-row strong")).to_have_text(["Second", "First"])
    assert face.troubles == []


def test_circles_of_three_segments_are_sound(open_face: Callable[..., Face], alice: Person) -> None:
    with firm_context(alice.firm.id):
        ids = [create_contact({"first_name": f"P{n}"}, by=alice.actor).pk for n in range(9)]
        made = [create_segment({"name": f"Segment {n}", "kind": "static"}, by=alice.actor) for n in range(3)]
        for n, segment in enumerate(made):
            add_people(segment.pk, ids[2 * n : 2 * n + 5], by=alice.actor)
    face = open_face()
    face.log_in(alice)
    query = "&".join(f"segment={segment.pk}" for segment in made)
    page = face.go(alice.url(f"segments/overlap?{query}"))
    expect(page.locator(".venn circle")).to_have_count(3)
    face.check_all("segments/overlap-of-three")
    page.get_by_role("link", name="Make a segment: In Segment 0 and Segment 1 and Segment 2", exact=True).click()
    expect(page.locator(".preview-count")).to_contain_text("1 of 9 contacts")
    assert face.troubles == []
