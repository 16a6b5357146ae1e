"""A day's work: a call logged with a snippet, a task that appears before a colleague's eyes, and how it all looks."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, snippets
from fairlead.activities.actions.comments import comment_on_task
from fairlead.activities.actions.completing import complete_task
from fairlead.activities.actions.options import furnish
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import ActivityOption
from fairlead.kernel import clock
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face
from tests.browser.working import work

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(alice: Person, bob: Person) -> Contact:
    with firm_context(alice.firm.id):
        furnish(alice.actor)
        snippets.add_usual_snippets(by=alice.actor)
        return create_contact(
            {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@engine.example", "phone": "+44 20 7946 0958",
             "job_title": "Analyst"}, by=alice.actor,
        )  # fmt: skip


@pytest.fixture
def busy(alice: Person, bob: Person, ada: Contact) -> Contact:
    """A contact with a little of everything, tasks for every stretch of time, and some news for Alice."""
    work()  # the worker was there before
    about, now = [("contact", ada.id)], clock.now()
    with firm_context(alice.firm.id):
        options = {(o.kind, o.name): o.pk for o in ActivityOption.rows()}
        for minutes, outcome, by in ((12, "Connected", alice), (0, "No answer", bob), (31, "Connected", bob)):
            values = {
                "duration_minutes": minutes, "outcome": options["call", outcome], "type": options["call", "Coaching"],
                "body": "<p>Talked about the <b>spring audit</b>.</p>", "occurred_at": now - timedelta(hours=minutes),
            }  # fmt: skip
            activities.log_activity("call", values, about, by=by.actor)
        activities.log_activity("call", {"scheduled_at": now + timedelta(days=1)}, about, by=alice.actor)
        mail = {"subject": "Offer for the audit", "body": "<p>Sent the offer, valid until June.</p>"}
        activities.log_activity("email", mail, about, by=alice.actor)
        meeting = {"subject": "Kick-off", "location": "Room 4", "duration_minutes": 60, "body": "<p>All agreed.</p>"}
        activities.log_activity("meeting", meeting, about, by=bob.actor)
        _tasks(alice, bob, about)
    return ada


def _tasks(alice: Person, bob: Person, about: list[tuple[str, UUID]]) -> None:
    today = clock.now().date()
    for days, title, more in (
        (-2, "Send the engagement letter", {"priority": "1_urgent"}),
        (0, "Call Ada about the figures", {"type": "call"}),
        (1, "Prepare the review", {"checklist": ["Read the file", "Write the summary", "Ask Bob"]}),
        (3, "Book the room", {"rrule": "FREQ=WEEKLY", "reminders": [60]}), (40, "Renew the contract", {}),
    ):  # fmt: skip
        due = (today + timedelta(days=days)).isoformat()
        create_task({"title": title, "due_on": due, "about": about, **more}, by=alice.actor)
    first = create_task({"title": "Collect the documents", "about": about}, by=alice.actor)
    create_task({"title": "Close the file", "blockers": [first.id], "due_on": today.isoformat()}, by=alice.actor)
    comment_on_task(first.id, "<p>Half of them are here.</p>", by=bob.actor)
    create_task({"title": "Sign the offer", "about": about, "assignees": [alice.membership.id]}, by=bob.actor)
    done = create_task({"title": "Say hello", "about": about}, by=alice.actor)
    complete_task(done.id, by=alice.actor)


def test_a_call_is_logged_with_a_snippet(face: Face, alice: Person, ada: Contact) -> None:
    face.log_in(alice)
    page = face.go(alice.url(f"contacts/{ada.id}/"))
    page.get_by_role("tab", name="Call").click()
    panel = page.locator("#compose-call-contact")
    panel.get_by_label("Outcome").select_option(label="Connected")
    panel.get_by_label("Minutes").fill("14")
    panel.locator("[contenteditable]").click()
    page.keyboard.type("#logas")
    option = page.get_by_role("option", name="#logassessment")
    expect(option).to_be_visible()
    face.check("daily-snippet-offered")
    page.keyboard.press("Enter")
    expect(panel.locator("[contenteditable]")).to_contain_text("Assessment with Ada")
    panel.get_by_role("button", name="Log call").click()
    entry = page.locator("#timeline .entry").filter(has_text="logged a call")
    expect(entry).to_contain_text("Assessment with Ada")
    expect(entry).to_contain_text("Connected")
    expect(entry).to_contain_text("14 min")
    entry.get_by_text("Details").click()
    expect(entry.locator("details dl")).to_contain_text("Direction")
    expect(page.locator("#panel-calls-contact")).to_contain_text("14 min")
    face.check("daily-call-logged")


def test_a_task_appears_before_a_colleagues_eyes(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, ada: Contact
) -> None:
    hers, his = open_face("wide", "light"), open_face("wide", "dark")
    hers.log_in(alice)
    his.log_in(bob)
    work()  # the worker was there before: who follows what is new follows it from now on
    bobs = his.page
    bobs.goto(his.server + bob.url("tasks/mine/"), wait_until="commit", timeout=60_000)
    expect(bobs.locator("body[data-live-state=open]")).to_be_attached()
    expect(bobs.get_by_text("Nothing to do")).to_be_visible()
    page = hers.page
    page.goto(hers.server + alice.url(f"contacts/{ada.id}/"), wait_until="commit", timeout=60_000)
    page.get_by_role("tab", name="Task").click()
    panel = page.locator("#compose-task-contact")
    panel.get_by_label("Task", exact=True).fill("Send Ada the figures")
    panel.get_by_role("combobox", name="For", exact=True).select_option(label="Bob Beech")
    panel.get_by_role("button", name="Add task").click()
    expect(bobs.get_by_role("link", name="Send Ada the figures")).to_be_visible()  # nobody reloaded it
    work()
    expect(bobs.locator("#bell-count")).to_have_text("1")
    his.shoot("daily-task-appeared")
    _is_done_by_bob(his)
    expect(page.locator("#panel-open-tasks-contact")).not_to_contain_text("Send Ada the figures")  # hers, live too
    work()
    expect(page.locator("#bell-count")).to_have_text("1")
    hers.shoot("daily-task-done")
    assert hers.troubles == [] and his.troubles == []


def _is_done_by_bob(his: Face) -> None:
    bobs = his.page
    bobs.get_by_role("button", name="Notifications").click()
    expect(bobs.locator("#notices-list")).to_contain_text("Alice Ash assigned you “Send Ada the figures”")
    his.shoot("daily-bell")
    bobs.keyboard.press("Escape")
    bobs.get_by_role("button", name="Complete Send Ada the figures").click()
    expect(bobs.get_by_text("Nothing to do")).to_be_visible()


PLACES = {
    "my-tasks": "tasks/mine/", "calls": "calls/", "calls-statistics": "calls/statistics/",
    "notifications": "notifications/",
}  # fmt: skip


def test_full_pages_are_sound(face: Face, alice: Person, busy: Contact) -> None:
    """Those that show much when there is much to do; every page is looked at in test_every_page."""
    work()
    face.log_in(alice)
    for name, path in PLACES.items():
        face.go(alice.url(path))
        face.check_all(f"daily-{name}")
    page = face.go(alice.url(f"contacts/{busy.id}/"))
    expect(page.locator("#timeline .entry").first).to_be_attached()
    face.check_all("daily-contact")
    page.goto(face.server + alice.url("tasks/mine/"))
    page.get_by_role("link", name="Prepare the review").click()
    expect(page.get_by_text("Write the summary")).to_be_visible()
    page.wait_for_load_state("networkidle")
    face.check_all("daily-task")
    page.get_by_role("link", name="Edit").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    face.check_all("daily-task-form", "dialog[open]")
