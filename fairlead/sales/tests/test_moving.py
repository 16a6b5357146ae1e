"""Moving deals: order, history, regressions, requirements, and two people at once."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, connections

from fairlead.accounts.tests.cast import Person
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.sales import access, ranks
from fairlead.sales.actions import deals, moving, outcomes, pipelines, stages
from fairlead.sales.actions.moving import MovedElsewhere, Place, move_deal
from fairlead.sales.models import Deal, Stage, StageStay
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_move_leaves_one_stage_and_enters_the_next(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    with clock.frozen(START):
        deal = making.deal(alice)
    with clock.frozen(START + timedelta(days=3)), firm_context(alice.firm.id):
        moved = move_deal(deal.pk, line[1].pk, by=alice.actor)
        first, second = StageStay.rows().filter(deal=deal).order_by("entered_at")
        assert (moved.stage_id, moved.version) == (line[1].pk, deal.version + 1)
        assert (first.exit, first.seconds, first.advanced_at) == ("forward", 3 * 86_400, clock.now())
        assert (second.stage_id, second.left_at, second.from_stage_id) == (line[1].pk, None, line[0].pk)
        event = Event.rows().get(type="deal.moved")
        assert event.data["from"] == line[0].name
        assert event.data["seconds"] == 3 * 86_400


def test_going_back_is_marked_and_counted(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        move_deal(deal.pk, line[2].pk, by=alice.actor)
        moved = move_deal(deal.pk, line[1].pk, by=alice.actor)
        assert moved.regressions == 1
        stay = StageStay.rows().get(deal=deal, left_at=None)
        assert (stay.is_regression, stay.from_stage_id) == (True, line[2].pk)
        assert StageStay.rows().get(deal=deal, stage=line[2]).exit == "backward"
        assert Event.rows().filter(type="deal.regressed", subject_id=deal.pk).count() == 1
        again = move_deal(deal.pk, line[2].pk, by=alice.actor)
        assert again.regressions == 1
        assert StageStay.rows().get(deal=deal, left_at=None).visit == 2


def test_a_stage_names_what_it_needs(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput) as refused:
            move_deal(deal.pk, line[3].pk, by=alice.actor)
        assert refused.value.code == "required_fields"
        assert refused.value.fields == {
            "value": ["Proposal made needs: value."], "expected_close": ["Proposal made needs: expected close."],
        }  # fmt: skip
        deals.update_deal(deal.pk, {"value": "1,000 GBP", "expected_close": "2026-12-01"}, by=alice.actor)
        assert move_deal(deal.pk, line[3].pk, by=alice.actor).stage_id == line[3].pk


def test_the_second_is_told_where_it_went(alice: Person, bob: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        move_deal(deal.pk, line[1].pk, by=bob.actor, from_stage_id=line[0].pk)
        with pytest.raises(MovedElsewhere) as told:
            move_deal(deal.pk, line[2].pk, by=alice.actor, from_stage_id=line[0].pk)
        assert told.value.status == 409
        assert bob.user.name in told.value.message
        assert line[1].name in told.value.message
        with pytest.raises(StaleVersion):
            move_deal(deal.pk, line[2].pk, by=alice.actor, version=deal.version)


def test_cards_keep_the_order_they_are_put_in(alice: Person) -> None:
    first, *_ = making.stages(making.pipeline(alice))
    cards = [making.deal(alice, f"Deal {n}") for n in range(3)]

    def order() -> list[str]:
        return list(Deal.rows().filter(stage=first).order_by("rank", "id").values_list("name", flat=True))

    with firm_context(alice.firm.id):
        assert order() == ["Deal 2", "Deal 1", "Deal 0"]
        move_deal(cards[0].pk, first.pk, by=alice.actor, place=Place(cards[2].pk, cards[1].pk))
        assert order() == ["Deal 2", "Deal 0", "Deal 1"]
        for turn in range(60):  # halving the gap for ever does not run out of numbers
            goes, stays = (cards[0], cards[1]) if turn % 2 else (cards[1], cards[0])
            move_deal(goes.pk, first.pk, by=alice.actor, place=Place(cards[2].pk, stays.pk))
        assert order()[0] == "Deal 2"
        move_deal(cards[2].pk, first.pk, by=alice.actor, place=Place(above=cards[1].pk))
        assert order().index("Deal 2") == order().index("Deal 1") + 1
        assert Event.rows().filter(type="deal.moved").count() == 0


def test_a_closed_deal_is_reopened_before_it_moves(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        outcomes.win_deal(deal.pk, by=alice.actor)
        with pytest.raises(Conflict):
            move_deal(deal.pk, line[1].pk, by=alice.actor)


def test_entering_a_stage_can_shift_the_close_date(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice, expected_close="2026-12-01")
    with firm_context(alice.firm.id):
        stages.update_stage(line[1].pk, {"shift_close_days": -5}, by=alice.actor)
        moved = move_deal(deal.pk, line[1].pk, by=alice.actor)
        assert moved.expected_close.isoformat() == "2026-11-26"
        assert moved.close_dates.order_by("-changed_at")[0].days == -5


def test_pipelines_keep_roles_out(alice: Person, bob: Person) -> None:
    made = making.pipeline(alice)
    line = making.stages(made)
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        pipelines.update_pipeline(made.pk, {"editable_from": "admin"}, by=alice.actor)
        with pytest.raises(Forbidden):
            move_deal(deal.pk, line[1].pk, by=bob.actor)
        pipelines.update_pipeline(made.pk, {"visible_from": "admin"}, by=alice.actor)
        with pytest.raises(NotFound):
            move_deal(deal.pk, line[1].pk, by=bob.actor)


def test_charlie_moves_nothing_of_alices(alice: Person, charlie: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    theirs = making.stages(making.pipeline(charlie))
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        move_deal(deal.pk, theirs[0].pk, by=charlie.actor)
    with firm_context(alice.firm.id):
        with pytest.raises(NotFound):
            move_deal(deal.pk, theirs[0].pk, by=alice.actor)
        assert Deal.rows().get(pk=deal.pk).stage_id == line[0].pk


def test_many_move_at_once_and_name_no_end(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    cards = [making.deal(alice, f"Deal {n}") for n in range(3)]
    with firm_context(alice.firm.id):
        assert len(moving.move_deals([c.pk for c in cards], line[1].pk, by=alice.actor)) == 3
        won = next(s for s in line if s.kind == Stage.Kind.WON)
        with pytest.raises(InvalidInput):
            moving.open_stage(alice.actor, won.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_at_the_same_moment_one_is_told(alice: Person, bob: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    start, told, moved = threading.Barrier(2), [], []

    def move(person: Person, stage: Stage) -> None:
        try:
            start.wait()
            with firm_context(person.firm.id):
                moved.append(move_deal(deal.pk, stage.pk, by=person.actor, from_stage_id=line[0].pk).stage_id)
        except MovedElsewhere as error:
            told.append(error.message)
        finally:
            connections.close_all()

    both = [threading.Thread(target=move, args=pair) for pair in ((alice, line[1]), (bob, line[2]))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert (len(moved), len(told)) == (1, 1)
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).stage_id == moved[0]
        assert StageStay.rows().filter(deal=deal, left_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sort_at_the_same_moment_one_order_stands_whole(alice: Person, bob: Person) -> None:
    pipeline = making.pipeline(alice)
    ids = [s.pk for s in making.stages(pipeline) if s.kind == "open"]
    start, orders = threading.Barrier(2), (ids[::-1], [*ids[2:], *ids[:2]])

    def sort(order: list[UUID]) -> None:
        try:
            start.wait()
            with firm_context(alice.firm.id):
                stages.order_stages(pipeline.pk, order, by=alice.actor)
        finally:
            connections.close_all()

    both = [threading.Thread(target=sort, args=(order,)) for order in orders]
    for one in both:
        one.start()
    for one in both:
        one.join()
    found = [s for s in making.stages(pipeline) if s.kind == "open"]
    assert [s.pk for s in found] in orders
    assert [s.position for s in found] == list(range(1, len(ids) + 1))


@pytest.mark.django_db(transaction=True)
def test_a_column_is_not_numbered_anew_while_somebody_is_at_one_of_its_cards(alice: Person) -> None:
    first, *_ = making.stages(making.pipeline(alice))
    low, high, other, moved = (making.deal(alice, f"Deal {n}") for n in range(4))
    with firm_context(alice.firm.id):  # no room is left between the two
        for card, rank in ((high, 1.0), (low, 1.0 + ranks.LEAST_GAP / 2), (other, 9.0)):
            Deal.rows().filter(pk=card.pk).update(rank=rank)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with firm_context(alice.firm.id):
                access.lock_deal(alice.actor, other.pk)
                held.set()
                done.wait(10)
        finally:
            connections.close_all()

    somebody = threading.Thread(target=hold)
    somebody.start()
    held.wait(10)
    try:
        with firm_context(alice.firm.id), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
            move_deal(moved.pk, first.pk, by=alice.actor, place=Place(high.pk, low.pk))
            rank = Deal.rows().get(pk=moved.pk).rank
            assert 1.0 < rank < 1.0 + ranks.LEAST_GAP / 2
    finally:
        done.set()
        somebody.join()
