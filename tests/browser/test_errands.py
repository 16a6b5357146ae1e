"""Work on many records of which a page shows how far it is: tags and stages are deleted piece by piece."""

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
from fairlead.sales.actions import stage_ends
from fairlead.sales.models import Deal
from fairlead.sales.tests import making
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


def test_a_stage_of_many_deals_is_emptied_with_progress(
    face: Face, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_ends, "AT_ONCE", 2)
    monkeypatch.setattr(stage_ends, "PIECE", 2)
    first, second, *_ = making.stages(making.pipeline(alice))
    for n in range(5):
        making.deal(alice, f"Deal {n}", stage=first.pk)
    face.log_in(alice)
    page = face.go(alice.url(f"settings/pipelines/{first.pipeline_id}/"))
    page.get_by_role("link", name=f"Delete {first.name}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Stage").select_option(str(second.pk))
    dialog.get_by_role("button", name="Delete").click()
    stop = page.locator("main").get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    expect(page.get_by_role("link", name=f"Delete {first.name}")).to_have_count(0)
    with firm_context(alice.firm.id):
        running = Errand.rows().get()
    errands.advance(alice.firm.id, running.pk)
    expect(page.locator("main").get_by_text("2 of 5")).to_be_visible()
    face.check_all("errand-stage")
    drain()
    expect(page.locator("main").get_by_text("Done")).to_be_visible()
    face.go(alice.url(f"settings/pipelines/{first.pipeline_id}/"))
    expect(page.get_by_role("button", name=f"Move {first.name}")).to_have_count(0)
    with firm_context(alice.firm.id):
        assert Deal.rows().filter(stage=second).count() == 5
        there = making.stages(making.pipeline(alice, name="Other"))[0]
        stage_ends.archive_pipeline(second.pipeline_id, move_to=there.pk, by=alice.actor)
    face.go(alice.url("settings/pipelines/"))
    expect(page.locator("main").get_by_text("Archive the pipeline Sales")).to_be_visible()
    face.check_all("errand-pipeline")
