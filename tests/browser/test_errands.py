"""Work on many records of which a page shows how far it is: a tag is deleted, stopped, and deleted for good."""

import pytest
from playwright.sync_api import expect

from fairlead.accounts import errands
from fairlead.accounts.models import Errand
from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.people.actions.contacts import create_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.actions.tags import create_tag
from fairlead.people.models import Tagging
from fairlead.tenancy.public import firm_context

from .faces import Face

pytestmark = pytest.mark.browser


def test_a_tag_of_many_records_is_deleted_stopped_and_deleted_for_good(
    face: Face, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "AT_ONCE", 2)
    monkeypatch.setattr(errands, "PIECE", 2)
    with firm_context(alice.firm.id):
        made = [create_contact({"first_name": f"Person {n}"}, by=alice.actor).id for n in range(5)]
        tag = create_tag("Webinar 2019", by=alice.actor)
        tag_records("contact", made, tag_ids=[tag.id], by=alice.actor)
    face.log_in(alice)
    page = face.go(alice.url("tags/"))
    stop = page.locator("#tag-list").get_by_role("button", name="Stop")

    def delete() -> None:
        page.get_by_role("row", name="Webinar 2019").get_by_role("button", name="Actions").click()
        page.get_by_role("menuitem", name="Delete").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        expect(stop).to_be_visible()

    delete()
    with firm_context(alice.firm.id):
        running = Errand.rows().get()
    errands.advance(alice.firm.id, running.pk)
    face.go(alice.url("tags/"))
    expect(page.locator("#tag-list").get_by_text("2 of 5")).to_be_visible()
    face.check_all("errand-tag")
    stop.click()
    expect(stop).to_have_count(0)
    drain()
    with firm_context(alice.firm.id):
        assert Tagging.rows().count() == 3, "what had passed stays so, the rest is as it was"
    face.go(alice.url("tags/"))
    expect(page.locator("#tag-list [data-label=Records]")).to_have_text("3")
    delete()
    drain()
    face.go(alice.url("tags/"))
    expect(page.get_by_text("No tags yet")).to_be_visible()
