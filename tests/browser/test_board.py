"""The board of deals: by mouse, by keyboard and by touch, beside a colleague who moves the same cards."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.sales.actions import moving
from fairlead.sales.models import Deal, Pipeline, Stage
from fairlead.tenancy.public import firm_context

from .deals import TITLES
from .faces import Face
from .live import live_process
from .working import work

pytestmark = pytest.mark.browser


def _card(page: Page, title: str) -> Locator:
    return page.locator(f'[data-deal][data-name="{title}"]')


def _column(page: Page, name: str) -> Locator:
    return page.locator(f'.board-column[data-name="{name}"]')


def _drag(page: Page, card: Locator, target: Locator) -> None:
    """Drag as a hand does: press, move in steps, let go once the card has taken its place."""
    card.hover(position={"x": 30, "y": 14})  # waits until the card stands still
    box, there = card.bounding_box(), target.bounding_box()
    assert box and there
    page.mouse.down()
    page.mouse.move(box["x"] + 45, box["y"] + 24, steps=4)
    x, y = there["x"] + there["width"] / 2, there["y"] + min(60, there["height"] / 2)
    page.mouse.move(x, y, steps=14)
    expect(page.locator("fl-board[data-dragging]")).to_be_visible()
    placed = target.locator(f'[data-name="{card.first.get_attribute("data-name")}"]')
    for nudge in range(100):  # the board looks where the hand is now and then, not at every move
        if placed.count():
            break
        page.mouse.move(x + nudge % 2 * 6, y + 3, steps=3)
    expect(placed).to_have_count(1)
    page.mouse.up()


def test_a_deal_goes_through_the_pipeline_by_mouse_and_by_keyboard(
    open_face: Callable[..., Face], alice: Person, bob: Person, pipeline: Pipeline
) -> None:
    face = open_face("wide", "light")
    face.log_in(alice)
    page = face.go(alice.url(f"deals/board/{pipeline.pk}/"))
    title = TITLES[5]  # in the first stage
    before = _column(page, "Contact made").locator("[data-count]").inner_text()
    with page.expect_response("**/deals/move*") as answered:
        _drag(page, _card(page, title), _column(page, "Contact made").locator("[data-cards]"))
    assert answered.value.ok
    expect(_column(page, "Contact made").locator(f'[data-name="{title}"]')).to_be_visible()
    expect(_column(page, "Contact made").locator("[data-count]")).to_have_text(str(int(before) + 1))
    card = _card(page, title)
    card.focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-board-live]")).to_contain_text("lifted")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-board-live]")).to_contain_text("Needs understood, place")
    with page.expect_response("**/deals/move*"):
        page.keyboard.press("Space")
    expect(page.locator("[data-board-live]")).to_contain_text("dropped")
    expect(_column(page, "Needs understood").locator(f'[data-name="{title}"]')).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(_column(page, "Needs understood").locator(f'[data-name="{title}"]')).to_be_visible()
    _is_lost_by_keyboard(page)
    _is_told_who_was_first(page, title, bob, pipeline)
    _loses_and_reads_why(face, alice, pipeline, title)


def _is_lost_by_keyboard(page: Page) -> None:
    """Beyond the last column stand the ends; the focus comes back to the card, and stays near it once it is gone."""
    column = _column(page, "Contact made")
    first, second = (column.locator("[data-deal]").nth(at).get_attribute("data-name") for at in (0, 1))
    card, live = column.locator(f'[data-name="{first}"]'), page.locator("[data-board-live]")
    dialog = page.locator("#dialog")
    for ending in ("Escape", "Lost"):
        card.focus()
        page.keyboard.press("Space")
        for place in ("Needs understood", "Proposal made", "Negotiation", "Won", "Lost"):
            page.keyboard.press("ArrowRight")
            expect(live).to_contain_text(place)
        page.keyboard.press("Space")
        expect(dialog.get_by_role("heading", name=f"Lost: {first}")).to_be_visible()
        expect(card).to_be_attached()
        if ending == "Escape":
            page.keyboard.press("Escape")
            expect(card).to_be_focused()
    dialog.get_by_label("Why was it lost?").select_option(label="Price")
    dialog.get_by_role("button", name="Lost").click()
    expect(card).to_have_count(0)
    expect(column.locator(f'[data-name="{second}"]')).to_be_focused()


def _is_told_who_was_first(page: Page, title: str, bob: Person, pipeline: Pipeline) -> None:
    with firm_context(bob.firm.id):
        line = list(Stage.rows().filter(pipeline=pipeline, kind="open").order_by("position"))
        deal = Deal.rows().get(name=title)
        moving.move_deal(deal.pk, line[4].pk, by=bob.actor)
    with page.expect_response("**/deals/move*") as answered:
        _drag(page, _card(page, title), _column(page, "Qualified").locator("[data-cards]"))
    assert answered.value.status == 409
    expect(page.get_by_text(f"{bob.user.name} moved {title} to Negotiation")).to_be_visible()
    expect(_column(page, "Negotiation").locator(f'[data-name="{title}"]')).to_be_visible()


def _loses_and_reads_why(face: Face, alice: Person, pipeline: Pipeline, title: str) -> None:
    page = face.page
    page.wait_for_load_state("networkidle")
    _drag(page, _card(page, title), page.locator(".board-end.is-lost"))
    dialog = page.locator("#dialog")
    expect(dialog.get_by_role("heading", name=f"Lost: {title}")).to_be_visible()
    dialog.get_by_label("Why was it lost?").select_option(label="Bad timing")
    dialog.get_by_role("button", name="Lost").click()
    expect(_card(page, title)).to_have_count(0)
    face.go(alice.url(f"deals/analytics/{pipeline.pk}/"))
    row = page.get_by_role("row", name="Bad timing")
    expect(row.locator("a")).to_have_text("1")
    row.locator("a").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_a_board_shows_what_a_colleague_moves_by_touch(
    open_face: Callable[..., Face], server: str, alice: Person, bob: Person, pipeline: Pipeline
) -> None:
    hers, his = open_face("wide", "light"), open_face("narrow", "dark")
    hers.log_in(alice)
    his.log_in(bob)
    work()  # the worker was there before
    board, title = alice.url(f"deals/board/{pipeline.pk}/"), TITLES[5]
    with live_process(server):
        hers.page.goto(server + board, wait_until="commit")
        expect(hers.page.locator("body[data-live-state=open]")).to_be_attached()
        _card(hers.page, TITLES[0]).focus()
        finger = his.page.context.new_cdp_session(his.page)
        finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
        his.page.goto(server + board, wait_until="commit")
        expect(_card(his.page, title)).to_be_visible()
        _swipe(his.page, _card(his.page, title))
        with his.page.expect_response("**/deals/move*") as answered:
            _touch(his.page, _card(his.page, title), "Contact made")
        assert answered.value.ok
        work()
        expect(_column(hers.page, "Contact made").locator(f'[data-name="{title}"]')).to_be_visible()  # without reload
        expect(_column(hers.page, "Contact made").locator("[data-count]")).to_have_text("4")
        expect(_card(hers.page, TITLES[0])).to_be_focused()
    assert hers.troubles == [] and his.troubles == []


def _swipe(page: Page, card: Locator) -> None:
    """Scroll the board with a finger that begins on a card, and back: no card may be left in its hand."""
    box = card.bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    y = box["y"] + 30
    board = page.locator("fl-board")
    for start, way in ((200, -1), (60, 1)):
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": start, "y": y}]})
        for step in range(1, 13):
            at = {"x": start + way * step * 14, "y": y}
            finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        expect(board).to_have_js_property("scrollLeft", 0) if way > 0 else expect(board).not_to_have_js_property(
            "scrollLeft", 0
        )
    expect(card).to_be_in_viewport()


def _touch(page: Page, card: Locator, column: str) -> None:
    """Hold a card until it lifts, pull it to the edge where the next column shows, let go over that."""
    box = card.bounding_box()
    assert box and page.viewport_size
    finger = page.context.new_cdp_session(page)

    def put(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = box["x"] + 60, box["y"] + 30
    put("touchStart", x, y)
    expect(card).to_have_class(re.compile("is-chosen"))
    there = _column(page, column).locator(f'[data-name="{card.get_attribute("data-name")}"]')
    while x < page.viewport_size["width"] - 20:
        x += 12
        put("touchMove", x, y)
    for _ in range(50):
        if there.count():
            break
        put("touchMove", x, y := y + 1)
    put("touchEnd", x, y)
