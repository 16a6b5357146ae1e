"""Deleting a stage: where its deals go, and what their history says of it."""

from dataclasses import replace

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.kernel.errors import Conflict, InvalidInput, NotFound
from fairlead.sales.actions import deals, moving, outcomes, pipelines, stage_ends
from fairlead.sales.models import Deal, StageStay
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


def test_its_deals_move_on_and_their_history_knows(alice: Person) -> None:
    first, second, *_ = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        with pytest.raises(Conflict, match="has 1 open deal"):
            stage_ends.delete_stage(first.pk, by=alice.actor)
        with pytest.raises(InvalidInput):
            stage_ends.delete_stage(first.pk, move_to=first.pk, by=alice.actor)
        assert stage_ends.delete_stage(first.pk, move_to=second.pk, by=alice.actor) == 1
        assert Deal.rows().get(pk=deal.pk).stage_id == second.pk
        left, entered = StageStay.rows().filter(deal=deal).order_by("entered_at")
        assert (left.stage_id, left.exit, entered.stage_id, entered.left_at) == (first.pk, "forward", second.pk, None)
        assert Event.rows().get(type="deal.moved").data["to"] == second.name
        assert Event.rows().get(type="stage.deleted").data["moved"] == 1


def test_an_archived_pipeline_is_left_by_all_and_entered_by_none(alice: Person, bob: Person) -> None:
    old, home = making.pipeline(alice, name="Old"), making.pipeline(alice, name="Home")
    first, second, *_ = making.stages(old)
    there = making.stages(home)
    gone, won, last = (making.deal(alice, name, stage=first.pk) for name in ("Gone", "Won", "Last"))
    by = replace(alice.actor, visible_owners=frozenset())  # somebody who sees nobody's deals empties it all the same
    with firm_context(alice.firm.id):
        deals.delete_deals([gone.pk], by=alice.actor)
        outcomes.win_deal(won.pk, by=alice.actor)
        with pytest.raises(Conflict, match="has 1 open deal\\."):
            stage_ends.archive_pipeline(old.pk, by=by)
        archived = stage_ends.archive_pipeline(old.pk, move_to=there[1].pk, by=by)
        assert archived.version == old.version + 1
        assert Deal.rows().get(pk=last.pk).stage_id == there[1].pk
        with pytest.raises(Conflict, match="Old is archived"):
            moving.move_deal(last.pk, second.pk, by=alice.actor)
        with pytest.raises(Conflict, match="Old is archived"):
            moving.move_deals([last.pk], second.pk, by=alice.actor)
        with pytest.raises(Conflict, match="Old is archived"):
            outcomes.reopen_deal(won.pk, by=alice.actor)
        deals.restore_deals([gone.pk], by=alice.actor)
        assert Deal.rows().get(pk=gone.pk).stage_id == there[0].pk
        pipelines.restore_pipeline(old.pk, by=alice.actor)
        assert outcomes.reopen_deal(won.pk, by=alice.actor).pipeline_id == old.pk


def test_its_deals_go_to_another_pipeline_as_a_whole(alice: Person) -> None:
    first = making.stages(making.pipeline(alice))[0]
    elsewhere = making.stages(making.pipeline(alice, "hiring"))[0]
    deal = making.deal(alice, pipeline=first.pipeline_id)
    with firm_context(alice.firm.id):
        stage_ends.delete_stage(first.pk, move_to=elsewhere.pk, by=alice.actor)
        found = Deal.rows().get(pk=deal.pk)
        assert (found.stage_id, found.pipeline_id) == (elsewhere.pk, elsewhere.pipeline_id)
        assert StageStay.rows().get(deal=deal, left_at=None).pipeline_id == elsewhere.pipeline_id


def test_a_deal_in_the_bin_comes_back_to_the_first_stage_there_is(alice: Person) -> None:
    first, second, *_ = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        deals.delete_deals([deal.pk], by=alice.actor)
        assert stage_ends.delete_stage(first.pk, by=alice.actor) == 0, "what lies in the bin asks for no place"
        deals.restore_deals([deal.pk], by=alice.actor)
        assert Deal.rows().get(pk=deal.pk).stage_id == second.pk
        assert StageStay.rows().get(deal=deal, left_at=None).stage_id == second.pk


def test_charlie_deletes_no_stage_of_alices(alice: Person, charlie: Person) -> None:
    line = making.pipeline(alice)
    first, second, *_ = making.stages(line)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        stage_ends.delete_stage(first.pk, move_to=second.pk, by=charlie.actor)
    assert Api(charlie).post(f"stages/{first.pk}/deletions", {}).status_code == 404
    assert Api(alice).post(f"stages/{first.pk}/deletions", {}).status_code in (200, 204)
    assert making.stages(line)[0] == second
