"""Parts of a page are read again when something changed: what somebody has in hand there stays in their hand."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions.completing import complete_task
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import Task
from fairlead.tenancy.public import firm_context
from tests.browser.faces import AT_REST, Face
from tests.browser.firm import Furnished, furnish
from tests.browser.live import open_page
from tests.browser.routes import EXCUSED, IN_FIRM, ROUTES, fill

pytestmark = pytest.mark.browser

PART = "[hx-trigger*='refresh:']"
# Fires what a part waits for and resolves when it has been swapped, or has been left as it is.
READ_AGAIN = """name => new Promise((done) => {
    document.addEventListener("htmx:finally:swap", () => setTimeout(done), { once: true });
    document.body.dispatchEvent(new CustomEvent(name));
})"""
TRIGGER = re.compile(r'hx-trigger="[^"]*refresh:[^"]*"')
MARK = "(place) => getSelection().selectAllChildren(document.querySelector(place))"
OPENERS = "button[popovertarget]:visible, summary:visible"


def read_again(page: Page, name: str) -> None:
    page.evaluate(READ_AGAIN, f"refresh:{name}")


def _names(part: Locator) -> list[str]:
    triggers = (part.get_attribute("hx-trigger") or "").split(",")
    return [words.split()[0].removeprefix("refresh:") for words in triggers if "refresh:" in words]


def _open(page: Page, opener: Locator) -> Locator:
    """Open a menu or unfold details; return what must stay so."""
    opener.click()
    menu = opener.get_attribute("popovertarget")
    return page.locator(f"[id='{menu}']:popover-open" if menu else "details[open] > summary:focus")


def _pages(firm: Furnished) -> Iterator[str]:
    """Yield pages with parts that are read again, beside the frame's; none whose parts were all there before."""
    client, seen = Client(), set[str]()
    client.force_login(firm.alice.user)
    for route in ROUTES:
        if not route.startswith(IN_FIRM) or route in EXCUSED:
            continue
        path = fill(route, firm, firm.alice)
        response = client.get(path)
        found = set() if response.streaming else set(TRIGGER.findall(response.content.decode().partition("<main")[2]))
        if response.status_code == 200 and not found <= seen:
            seen |= found
            yield path


def _keeps_open(face: Face, part: Locator) -> bool:
    """Open the first menu or details of a part and have it read again; False when there is none."""
    page, opener = face.page, part.locator(OPENERS).first
    if not opener.count():
        return False
    shown = _open(page, opener)
    for name in _names(part):
        expect(shown).to_be_visible()
        read_again(page, name)
        expect(shown, f"{page.url}: {name}").to_be_visible()
    page.keyboard.press("Escape")
    return True


def test_what_is_open_stays_open_on_every_page(face: Face, db: None) -> None:
    firm = furnish()
    face.log_in(firm.alice)
    tried = []
    for path in _pages(firm):
        parts = face.go(path).locator(f"main {PART}").all()
        tried += [path for part in parts if _keeps_open(face, part)]
    assert len(tried) > 3, tried
    assert face.troubles == []


@pytest.fixture
def offer(alice: Person, bob: Person) -> tuple[Task, Task]:
    """Return two tasks of Alice's."""
    own = {"assignees": [alice.membership.id]}
    with firm_context(alice.firm.id):
        call, write = (
            create_task({"title": title, **own}, by=alice.actor) for title in ("Call them", "Write the offer")
        )
    return call, write


def _do(task: Task, by: Person) -> None:
    with firm_context(by.firm.id):
        complete_task(task.id, by=by.actor)


def test_a_menu_stays_open_while_a_colleague_does_another_task(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, offer: tuple[Task, Task]
) -> None:
    call, write = offer
    page = open_page(open_face("wide", "light"), alice, "tasks/mine/")
    line = page.locator(f"#task-{write.id}")
    line.get_by_role("button", name="Actions").press("Enter")
    expect(line.get_by_role("menuitem", name="Until tomorrow")).to_be_focused()
    page.keyboard.press("ArrowDown")
    item = line.get_by_role("menuitem", name="In a week")
    expect(item).to_be_focused()
    _do(call, bob)
    expect(page.get_by_role("link", name="Call them")).to_have_count(0)
    expect(item).to_be_focused()
    expect(line.get_by_role("button", name="Actions")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(line.get_by_role("button", name="Actions")).to_be_focused()


def test_a_menu_of_what_is_gone_stays_until_it_is_closed(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, offer: tuple[Task, Task]
) -> None:
    page = open_page(open_face("narrow", "dark"), alice, "tasks/mine/")
    line = page.locator(f"#task-{offer[1].id}")
    line.get_by_role("button", name="Actions").click()
    with page.expect_response(lambda response: response.url.endswith("/tasks/mine/")):
        _do(offer[1], bob)
    page.evaluate(AT_REST)
    expect(line.get_by_role("menuitem", name="Assign")).to_be_visible()
    page.keyboard.press("Escape")
    expect(line).to_have_count(0)
    expect(page.get_by_role("link", name="Call them")).to_be_visible()


def test_a_marked_text_can_be_copied(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, offer: tuple[Task, Task]
) -> None:
    page = open_page(open_face("wide", "light"), alice, "tasks/mine/")
    page.evaluate(MARK, f"#task-{offer[1].id} .task-title")
    with page.expect_response(lambda response: response.url.endswith("/tasks/mine/")):
        _do(offer[0], bob)
    page.evaluate(AT_REST)
    assert page.evaluate("getSelection().toString()") == "Write the offer"
    page.evaluate("getSelection().empty()")
    expect(page.get_by_role("link", name="Call them")).to_have_count(0)


def test_a_dialog_gives_the_focus_back_to_a_row_that_was_drawn_anew(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, offer: tuple[Task, Task]
) -> None:
    page = open_page(open_face("wide", "light"), alice, "tasks/mine/")
    line = page.locator(f"#task-{offer[1].id}")
    line.get_by_role("button", name="Actions").press("Enter")
    expect(line.get_by_role("menuitem", name="Until tomorrow")).to_be_focused()  # and moves by itself no more
    line.get_by_role("menuitem", name="Assign").press("Enter")
    dialog = page.locator("#dialog[open]")
    expect(dialog.get_by_role("heading")).to_be_visible()
    _do(offer[0], bob)
    expect(page.get_by_role("link", name="Call them", include_hidden=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(line.get_by_role("button", name="Actions")).to_be_focused()
