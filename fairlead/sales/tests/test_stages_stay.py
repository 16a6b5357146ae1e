"""A stage goes out of use while deals come into it, on connections of their own: no deal ends up where nobody looks."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from fairlead.accounts.models import Errand
from fairlead.accounts.tests.cast import Person
from fairlead.kernel.errors import Conflict, InvalidInput, NotFound
from fairlead.sales.actions import deals, outcomes, stage_ends
from fairlead.sales.actions.moving import move_deal
from fairlead.sales.models import Deal, Stage
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context
from tests.together import meet

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line(alice: Person) -> list[Stage]:
    return making.stages(making.pipeline(alice))


def place(deal: Deal) -> Any:
    with firm_context(deal.firm_id):
        return Deal.rows().values_list("stage", flat=True).get(pk=deal.pk)


def test_a_deal_does_not_move_into_a_stage_that_is_being_deleted(alice: Person, line: list[Stage]) -> None:
    deal = making.deal(alice)
    waited, raised = meet(
        alice.firm.id,
        lambda: stage_ends.delete_stage(line[1].pk, by=alice.actor),
        lambda: move_deal(deal.pk, line[1].pk, by=alice.actor),
    )
    assert waited and [type(error) for error in raised] == [NotFound]
    assert place(deal) == line[0].pk


def test_a_stage_into_which_a_deal_is_moving_is_not_deleted(alice: Person, line: list[Stage]) -> None:
    deal = making.deal(alice)
    waited, raised = meet(
        alice.firm.id,
        lambda: move_deal(deal.pk, line[1].pk, by=alice.actor),
        lambda: stage_ends.delete_stage(line[1].pk, by=alice.actor),
    )
    assert waited and "1 open deal" in str(raised[0])
    assert place(deal) == line[1].pk


def test_a_deal_that_is_moving_out_and_the_deletion_of_its_stage_do_not_block_each_other(
    alice: Person, line: list[Stage]
) -> None:
    deal = making.deal(alice)
    waited, raised = meet(
        alice.firm.id,
        lambda: stage_ends.delete_stage(line[0].pk, by=alice.actor, move_to=line[1].pk),
        lambda: move_deal(deal.pk, line[2].pk, by=alice.actor),
    )
    assert waited and raised == []
    assert place(deal) == line[2].pk


def test_no_deal_begins_in_a_stage_that_is_being_deleted(alice: Person, line: list[Stage]) -> None:
    waited, raised = meet(
        alice.firm.id,
        lambda: stage_ends.delete_stage(line[1].pk, by=alice.actor),
        lambda: deals.create_deal({"title": "Kestrel", "stage": str(line[1].pk)}, by=alice.actor),
    )
    assert waited and [type(error) for error in raised] == [InvalidInput]
    with firm_context(alice.firm.id):
        assert not Deal.rows().exists()


def test_no_deal_is_reopened_in_a_pipeline_that_is_being_archived(alice: Person, line: list[Stage]) -> None:
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        outcomes.win_deal(deal.pk, by=alice.actor)
    meeting = archiving(alice, line[0], lambda: outcomes.reopen_deal(deal.pk, by=alice.actor))
    assert meeting[0] and [type(error) for error in meeting[1]] == [Conflict]


def test_a_deal_out_of_the_bin_finds_a_pipeline_that_is_in_use(alice: Person, line: list[Stage]) -> None:
    deal = making.deal(alice)
    other = making.stages(making.pipeline(alice, name="Second"))
    with firm_context(alice.firm.id):
        deals.delete_deals([deal.pk], by=alice.actor)
    assert archiving(alice, line[0], lambda: deals.restore_deals([deal.pk], by=alice.actor)) == (True, [])
    assert place(deal) == other[0].pk


def archiving(alice: Person, stage: Stage, second: Callable[[], Any]) -> tuple[bool, list[Exception]]:
    return meet(alice.firm.id, lambda: stage_ends.archive_pipeline(stage.pipeline_id, by=alice.actor), second)


def test_deals_go_on_moving_beside_a_piece_of_an_errand_and_wait_for_its_end(
    alice: Person, line: list[Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage_ends, "AT_ONCE", 0)
    monkeypatch.setattr(stage_ends, "PIECE", 1)
    first, second, third, *_ = line
    made = [making.deal(alice, name, stage=first.pk) for name in ("A", "B")]
    other = making.deal(alice, "C", stage=third.pk)
    with firm_context(alice.firm.id):
        stage_ends.delete_stage(first.pk, by=alice.actor, move_to=second.pk)
        errand = Errand.rows().get()
    piece = partial(stage_ends.delete_on, errand, alice.actor)
    assert meet(alice.firm.id, piece, lambda: move_deal(other.pk, first.pk, by=alice.actor)) == (False, [])
    assert [place(deal) for deal in (*made, other)] == [second.pk, first.pk, first.pk]
    with firm_context(alice.firm.id):
        assert (piece(), piece()) == (1, 1)
    waited, raised = meet(alice.firm.id, piece, lambda: move_deal(other.pk, first.pk, by=alice.actor))
    assert waited and [type(error) for error in raised] == [NotFound]
    assert [place(deal) for deal in (*made, other)] == [second.pk] * 3
