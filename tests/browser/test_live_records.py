"""Two people on one record: what one changes, the other sees, and is told before writing over it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fairlead.accounts.tests.cast import Person
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Contact
from fairlead.records.actions.bulk import start_bulk, undo_bulk
from fairlead.records.public import nouns
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context
from tests.browser.faces import Face
from tests.browser.live import open_page
from tests.browser.working import work

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        return create_contact({"first_name": "Ada", "last_name": "Byron", "job_title": "Accountant"}, by=alice.actor)


def _edit(page: Page, label: str, text: str) -> None:
    page.get_by_role("button", name=f"Edit {label}", exact=True).click()
    page.get_by_role("textbox", name=label, exact=True).fill(text)


def _save(page: Page) -> None:
    page.get_by_role("region", name="Facts").get_by_role("button", name="Save", exact=True).click()


def test_a_colleagues_edit_appears_and_a_field_that_is_edited_is_left_alone(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, ada: Contact
) -> None:
    hers, his = open_face("wide", "light"), open_face("wide", "dark")
    page, bobs = open_page(hers, alice, f"contacts/{ada.id}/"), open_page(his, bob, f"contacts/{ada.id}/")
    page.evaluate("window.stayed = true")
    _edit(page, "First name", "Augusta")
    _edit(bobs, "Job title", "Treasurer")
    _save(bobs)
    expect(bobs.locator("#fact-job_title .fact-value")).to_have_text("Treasurer")
    work()
    expect(page.locator("#fact-job_title .fact-value")).to_have_text("Treasurer")
    field = page.get_by_role("textbox", name="First name", exact=True)
    expect(field).to_have_value("Augusta")
    expect(field).to_be_focused()
    expect(page.locator("[data-fact-theirs]")).to_be_empty()
    _save(page)  # another field was changed: nothing to ask
    expect(page.locator("#fact-first_name .fact-value")).to_have_text("Augusta")
    work()
    expect(bobs.locator("h1")).to_have_text("Augusta Byron")
    assert page.evaluate("window.stayed"), "Nothing was loaded anew."


def test_a_new_company_stands_in_its_card_and_under_the_name(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, ada: Contact
) -> None:
    page = open_page(open_face("wide", "light"), alice, f"contacts/{ada.id}/")
    expect(page.locator("#record-subtitle")).to_have_text("Accountant")
    with firm_context(alice.firm.id):
        kestrel = create_company({"name": "Kestrel"}, by=bob.actor)
        update_contact(ada.id, {"company": str(kestrel.id)}, by=bob.actor)
    work()
    expect(page.locator("#panel-company")).to_contain_text("Kestrel")
    expect(page.locator("#record-subtitle")).to_contain_text("Kestrel")


def test_the_editor_is_told_that_somebody_changed_the_same_field(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, ada: Contact
) -> None:
    hers = open_face("wide", "light")
    page = open_page(hers, alice, f"contacts/{ada.id}/")
    _edit(page, "Job title", "Controller")
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"job_title": "Treasurer"}, by=bob.actor)
    work()
    told = page.locator("#fact-job_title [data-fact-theirs]")
    expect(told).to_contain_text("Bob Beech changed this")
    expect(told).to_contain_text("Treasurer")
    field = page.get_by_role("textbox", name="Job title", exact=True)
    expect(field).to_have_value("Controller")
    expect(field).to_be_focused()
    hers.check("live-record-told")
    _save(page)
    expect(page.get_by_text("changed this record first")).to_be_visible()
    page.get_by_role("button", name="Save mine").click()
    expect(page.locator("#fact-job_title .fact-value")).to_have_text("Controller")
    with firm_context(alice.firm.id):
        assert Contact.rows().get(pk=ada.id).job_title == "Controller"


def test_an_open_deal_follows_too(open_face: Callable[..., Face], live: int, alice: Person, bob: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice, value="900 USD")
    hers = open_face("wide", "light")
    page = open_page(hers, alice, f"deals/{deal.pk}/")
    bobs = open_face("wide", "dark")
    bobs_page = open_page(bobs, bob, f"deals/{deal.pk}/")
    _edit(bobs_page, "Next step", "Call them")
    _save(bobs_page)
    expect(bobs_page.locator("#fact-next_step .fact-value")).to_have_text("Call them")
    work()
    expect(page.locator("#fact-next_step .fact-value")).to_have_text("Call them")


# Scroll on, as people do, until so many entries are there: what loads further ones goes as soon as it is seen.
GO_ON = """count => {
    scrollBy(0, -1);
    document.querySelector('.timeline-more')?.scrollIntoView();
    return document.querySelectorAll('#timeline .entry').length >= count;
}"""


def test_a_timeline_stays_filtered_and_unfolded_as_far_down_as_somebody_read(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, ada: Contact
) -> None:
    with firm_context(alice.firm.id):
        for number in range(45):  # and when it was created
            update_contact(ada.id, {"job_title": f"Accountant {number}"}, by=alice.actor)
    page = open_page(open_face("wide", "light"), alice, f"contacts/{ada.id}/")
    page.get_by_role("button", name="Changes", exact=True).click()
    entries = page.locator("#timeline .entry")
    expect(entries).to_have_count(20)
    for loaded in (40, 46):
        page.wait_for_function(GO_ON, arg=loaded)
        expect(entries).to_have_count(loaded)
    oldest = entries.last
    oldest.get_by_text("Details").click()
    oldest.scroll_into_view_if_needed()
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"job_title": "Treasurer"}, by=bob.actor)
    work()
    expect(entries).to_have_count(47)
    expect(page.get_by_role("button", name="Changes", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(entries.last.locator("details")).to_have_attribute("open", "")
    expect(entries.last).to_be_in_viewport()


def test_a_list_follows_a_colleagues_bulk_action_and_what_is_selected_stays(
    open_face: Callable[..., Face], live: int, alice: Person, bob: Person, ada: Contact
) -> None:
    page = open_page(open_face("wide", "light"), alice, "contacts/?columns=name,job_title,city")
    page.evaluate("window.stayed = true")
    page.get_by_role("checkbox", name="Select Ada Byron").check()
    city = page.locator("tr[data-row] td[data-label=City]")
    expect(city).to_have_text("")
    with firm_context(alice.firm.id):
        create_contact({"first_name": "Bea"}, by=bob.actor)
        run = start_bulk(nouns.get("contact"), "set", {"field": "city", "value": "Turin"}, by=bob.actor)
    work()
    expect(city).to_have_text(["Turin", "Turin"])
    expect(page.locator("[data-total]")).to_have_text("2 contacts")
    expect(page.get_by_role("checkbox", name="Select Ada Byron")).to_be_checked()
    with firm_context(alice.firm.id):
        undo_bulk(run.id, by=bob.actor)
    work()
    expect(city).to_have_text(["", ""])
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"city": "Rome"}, by=bob.actor)
    work()
    expect(city).to_have_text(["", "Rome"])
    assert page.evaluate("window.stayed"), "Nothing was loaded anew."
