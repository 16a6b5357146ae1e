"""Deleting a stage: where its deals go, and what their history says of it."""

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel.errors import Conflict, InvalidInput, NotFound
from fairlead.sales.actions import deals, stages
from fairlead.sales.models import Deal, StageStay
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_its_deals_move_on_and_their_history_knows(alice: Person) -> None:
    first, second, *_ = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        with pytest.raises(Conflict, match="has 1 open deal"):
            stages.delete_stage(first.pk, by=alice.actor)
        with pytest.raises(InvalidInput):
            stages.delete_stage(first.pk, move_to=first.pk, by=alice.actor)
        assert stages.delete_stage(first.pk, move_to=second.pk, by=alice.actor) == 1
        assert Deal.rows().get(pk=deal.pk).stage_id == second.pk
        left, entered = StageStay.rows().filter(deal=deal).order_by("entered_at")
        assert (left.stage_id, left.exit, entered.stage_id, entered.left_at) == (first.pk, "forward", second.pk, None)
        assert Event.rows().get(type="deal.moved").data["to"] == second.name
        assert Event.rows().get(type="stage.deleted").data["moved"] == 1


def test_its_deals_go_to_another_pipeline_as_a_whole(alice: Person) -> None:
    first = making.stages(making.pipeline(alice))[0]
    elsewhere = making.stages(making.pipeline(alice, "hiring"))[0]
    deal = making.deal(alice, pipeline=first.pipeline_id)
    with firm_context(alice.firm.id):
        stages.delete_stage(first.pk, move_to=elsewhere.pk, by=alice.actor)
        found = Deal.rows().get(pk=deal.pk)
        assert (found.stage_id, found.pipeline_id) == (elsewhere.pk, elsewhere.pipeline_id)
        assert StageStay.rows().get(deal=deal, left_at=None).pipeline_id == elsewhere.pipeline_id


def test_a_deal_in_the_bin_comes_back_to_the_first_stage_there_is(alice: Person) -> None:
    first, second, *_ = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        deals.delete_deals([deal.pk], by=alice.actor)
        assert stages.delete_stage(first.pk, by=alice.actor) == 0, "what lies in the bin asks for no place"
        deals.restore_deals([deal.pk], by=alice.actor)
        assert Deal.rows().get(pk=deal.pk).stage_id == second.pk
        assert StageStay.rows().get(deal=deal, left_at=None).stage_id == second.pk


def test_charlie_deletes_no_stage_of_alices(alice: Person, charlie: Person) -> None:
    line = making.pipeline(alice)
    first, second, *_ = making.stages(line)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        stages.delete_stage(first.pk, move_to=second.pk, by=charlie.actor)
    assert Api(charlie).post(f"stages/{first.pk}/deletions", {}).status_code == 404
    assert Api(alice).post(f"stages/{first.pk}/deletions", {}).status_code in (200, 204)
    assert making.stages(line)[0] == second
