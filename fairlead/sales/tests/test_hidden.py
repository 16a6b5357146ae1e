"""A pipeline that somebody may not see: neither the search nor a timeline tells of its deals."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.public import write_note
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.records.criteria.sentences import sentence
from fairlead.sales.actions import pipelines, stages
from fairlead.sales.models import Deal, Pipeline, Stage
from fairlead.sales.noun import DEAL
from fairlead.sales.tests import making
from fairlead.search.indexing import follow
from fairlead.search.public import find
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(alice: Person) -> Deal:
    """A deal with Ada in a pipeline that only administrators see, and a note on it."""
    pipeline, ada = making.pipeline(alice), making.contact(alice)
    deal = making.deal(alice, "Sale of the firm", contact=ada.pk)
    with firm_context(alice.firm.id):
        write_note("<p>Nobody is to know</p>", [("deal", deal.pk)], by=alice.actor)
        pipelines.update_pipeline(pipeline.pk, {"visible_from": "admin", "name": "Succession"}, by=alice.actor)
        follow(list(Event.rows().order_by("id")))
    return deal


def test_it_is_found_by_who_may_see_it(alice: Person, bob: Person, hidden: Deal) -> None:
    with firm_context(alice.firm.id):
        assert [hit.record_id for hit in find("sale of the firm", by=alice.actor, nouns=["deal"])] == [hidden.pk]
        assert find("sale of the firm", by=bob.actor) == []
        assert len(find("nobody is to know", by=alice.actor)) == 1
        assert find("nobody is to know", by=bob.actor) == []


def test_a_persons_timeline_tells_of_it_to_who_may_see_it(alice: Person, bob: Person, hidden: Deal) -> None:
    path = f"contacts/{hidden.contact_id}/timeline"
    assert "Sale of the firm" in Api(alice).get(path).content.decode()
    for answer in (
        Api(bob).get(path), Api(bob).get("feed"), bob.client().get(bob.url(path)),
        Api(alice, ("contacts.view",)).get(path),
    ):  # fmt: skip
        told = answer.content.decode()
        assert answer.status_code == 200 and "Sale of the firm" not in told and "Nobody is to know" not in told


def test_filters_offer_it_to_who_may_see_it(alice: Person, bob: Person, hidden: Deal) -> None:
    with firm_context(alice.firm.id):
        shown = pipelines.create_pipeline("hiring", by=alice.actor)
        known, stage = Pipeline.rows().get(pk=hidden.pipeline_id), Stage.rows().get(pk=hidden.stage_id)
        stages.update_stage(stage.pk, {"name": "Notary"}, by=alice.actor)
    hers, his = (who.page("records/deals/fields.json") for who in (alice, bob))
    for name in (known.name, "Notary", str(stage.pk)):
        assert name in hers and name not in his
    assert shown.name in hers and shown.name in his
    asked = {"field": "stage", "op": "in", "value": [str(stage.pk)]}
    with firm_context(alice.firm.id):
        assert "Notary" in sentence(DEAL, asked, by=alice.actor)
        assert "Notary" not in sentence(DEAL, asked, by=bob.actor)


def test_the_forecast_ends_with_the_calendar(alice: Person) -> None:
    pipeline = making.pipeline(alice)
    assert alice.client().get(alice.url(f"deals/forecast/{pipeline.pk}/9999-12/open")).status_code == 404
    assert Api(alice).get(f"pipelines/{pipeline.pk}/forecast/deals?month=9999-12").status_code == 404


def test_a_note_that_is_about_it_too_is_found_without_its_name(alice: Person, bob: Person, hidden: Deal) -> None:
    ada = hidden.contact_id
    with firm_context(alice.firm.id):
        write_note("<p>Lunch</p>", [("contact", ada), ("deal", hidden.pk)], by=alice.actor)
        follow(list(Event.rows().order_by("id")))
        assert [hit.subtitle for hit in find("lunch", by=alice.actor)] == ["Ada Byron, Sale of the firm"]
        assert [hit.subtitle for hit in find("lunch", by=bob.actor)] == ["Ada Byron"]


def test_the_columns_of_its_board_are_open_stages(alice: Person, hidden: Deal) -> None:
    board = f"deals/board/{hidden.pipeline_id}/stages"
    won = making.stages(hidden.pipeline)[-2]
    assert alice.client().get(alice.url(f"{board}/{hidden.stage_id}")).status_code == 200
    assert alice.client().get(alice.url(f"{board}/{won.pk}")).status_code == 404
