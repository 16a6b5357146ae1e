"""Pages of deals: each in each face, one that is older than what a colleague did, the order of stages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from fairlead.accounts.tests.cast import Person
from fairlead.sales.actions import moving, outcomes
from fairlead.sales.models import Deal, Pipeline, Stage
from fairlead.tenancy.public import firm_context

from .deals import TITLES
from .faces import Face

pytestmark = pytest.mark.browser


def _pages(alice: Person, pipeline: Pipeline) -> dict[str, str]:
    """Return the pages that show much when there is much; every page is looked at in test_every_page."""
    with firm_context(alice.firm.id):
        deal = Deal.rows().get(name=TITLES[0])
    return {
        "board": f"deals/board/{pipeline.pk}/", "deal": f"deals/{deal.pk}/", "due": f"deals/due/{pipeline.pk}/",
        "forecast": f"deals/forecast/{pipeline.pk}/", "analytics": f"deals/analytics/{pipeline.pk}/",
    }  # fmt: skip


def test_pages_of_deals_are_sound(face: Face, alice: Person, pipeline: Pipeline) -> None:
    face.log_in(alice)
    for name, path in _pages(alice, pipeline).items():
        face.go(alice.url(path))
        face.check_all(f"sales-{name}")


def test_an_old_page_of_a_deal_says_what_happened_meanwhile(
    face: Face, alice: Person, bob: Person, pipeline: Pipeline
) -> None:
    with firm_context(alice.firm.id):
        deal = Deal.rows().get(name=TITLES[5])
        line = list(Stage.rows().filter(pipeline=pipeline, kind="open").order_by("position"))
    face.log_in(alice)
    page = face.go(alice.url(f"deals/{deal.pk}/"))
    with firm_context(alice.firm.id):
        moving.move_deal(deal.pk, line[2].pk, by=bob.actor)
    page.get_by_role("button", name=line[1].name).click()
    told = page.get_by_role("region", name="Messages")
    expect(told).to_contain_text(f"{bob.user.name} moved {deal.name} to {line[2].name}")
    expect(page.locator(".stage-step.is-here")).to_contain_text(line[2].name)
    page.get_by_role("link", name="Won").click()
    dialog = page.get_by_role("dialog", name=f"Won: {deal.name}")
    with firm_context(alice.firm.id):
        outcomes.win_deal(deal.pk, by=bob.actor)
    dialog.get_by_role("button", name="Won").click()
    expect(told).to_contain_text(f"{deal.name} was won by {bob.user.name} already.")
    expect(dialog).to_be_visible()  # with what was typed


def test_stages_are_ordered_by_keyboard(open_face: Callable[..., Face], alice: Person, pipeline: Pipeline) -> None:
    face = open_face("wide", "dark")
    face.log_in(alice)
    page = face.go(alice.url(f"settings/pipelines/{pipeline.pk}/"))
    page.get_by_role("button", name="Move Qualified").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/order") as answered:
        page.keyboard.press("Space")
    assert answered.value.ok
    face.go(alice.url(f"deals/board/{pipeline.pk}/"))
    expect(page.locator(".board-column h2").first).to_have_text("Contact made")
