"""Winning, losing and reopening."""

from datetime import timedelta

import pytest

from fairlead.accounts.tests.cast import Person, join
from fairlead.events.public import Event
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from fairlead.sales.actions import deals, moving, outcomes, pipelines, rates, reasons, revaluing, stages
from fairlead.sales.analytics.report import report
from fairlead.sales.analytics.scope import scope
from fairlead.sales.models import Deal, Loss, Reopening, StageStay, Win
from fairlead.sales.tests import making
from fairlead.tenancy.public import Role, firm_context

pytestmark = pytest.mark.django_db


def test_a_win_keeps_what_it_was_worth(alice: Person) -> None:
    making.pipeline(alice)
    making.rate(alice, "EUR", "1.25")
    why = making.reason(alice, "Trust", "win")
    deal = making.deal(alice, value="1,000.00 EUR")
    with firm_context(alice.firm.id):
        won = outcomes.win_deal(deal.pk, by=alice.actor, reason_id=why.pk, note="They called us.")
        win = Win.rows().get(deal=deal)
        assert (won.outcome, won.stage.kind) == ("won", "won")
        assert (win.value, win.currency, win.base_value, str(win.rate)) == (100_000, "EUR", 125_000, "1.2500000000")
        assert (win.reason, win.decided_by_id, win.note) == (why, alice.membership.pk, "They called us.")
        rates.set_rate("EUR", "2", by=alice.actor, valid_from=clock.now().date() + timedelta(days=1))
        revaluing.revalue_history(alice.firm.id, "EUR")
        assert Win.rows().get(deal=deal).base_value == 125_000
        assert StageStay.rows().get(deal=deal, exit="won").advanced_at is not None
        with pytest.raises(Conflict, match="was won by"):
            outcomes.win_deal(deal.pk, by=alice.actor)


def test_an_end_may_need_more_of_a_deal(alice: Person) -> None:
    *_, good, bad = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        for end in (good, bad):
            stages.update_stage(end.pk, {"required_fields": ["value"], "name": f"Really {end.name}"}, by=alice.actor)
        for act in (outcomes.win_deal, outcomes.lose_deal):
            with pytest.raises(InvalidInput) as refused:
                act(deal.pk, by=alice.actor)
            assert (refused.value.code, list(refused.value.fields)) == ("required_fields", ["value"])
        assert Win.rows().count() == 0
    page = alice.client().get(alice.url(f"deals/{deal.pk}/win"))
    assert b'name="value"' in page.content and b"a little more" in page.content
    assert b'aria-required="true"' in page.content  # which has its star
    assert alice.client().post(alice.url(f"deals/{deal.pk}/win"), {"value": ""}).status_code == 422
    assert alice.client().post(alice.url(f"deals/{deal.pk}/win"), {"value": "900 GBP"}).status_code == 302
    with firm_context(alice.firm.id):
        assert (Win.rows().get().value, Deal.rows().get().stage.name) == (90_000, "Really Won")
        pipeline = pipelines.update_pipeline(good.pipeline_id, {"item_label": "Job"}, by=alice.actor)
        assert (pipeline.won_label, Deal.rows().get().stage.name) == ("Really Won", "Really Won")


def test_a_loss_says_why(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    price, rival = making.reason(alice), making.reason(alice, "Osprey", "competitor")
    deal = making.deal(alice, value="900 GBP")
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput) as refused:
            outcomes.lose_deal(deal.pk, by=alice.actor)
        assert "reason" in refused.value.fields
        with pytest.raises(InvalidInput):
            outcomes.lose_deal(deal.pk, by=alice.actor, reason_id=rival.pk)
        lost = outcomes.lose_deal(deal.pk, by=alice.actor, reason_id=price.pk, competitor_id=rival.pk)
        loss = Loss.rows().get(deal=deal)
        assert (loss.stage_id, loss.competitor, lost.stage.kind) == (line[0].pk, rival, "lost")
        assert Event.rows().get(type="deal.lost").data["competitor"] == "Osprey"


def test_a_note_that_does_not_fit_is_refused_and_never_cut(alice: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice)
    told = "x" * (outcomes.NOTE_LENGTH + 1)
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput) as refused:
            outcomes.win_deal(deal.pk, by=alice.actor, note=told)
        assert refused.value.fields == {"note": ["At most 2,000 characters fit."]}
        assert not Win.rows().exists()
        outcomes.win_deal(deal.pk, by=alice.actor, note=told[1:])
        assert Win.rows().get(deal=deal).note == told[1:]


def test_a_firm_may_do_without_reasons(alice: Person) -> None:
    making.pipeline(alice)
    making.reason(alice)
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        reasons.update_settings({"loss_reason_required": False}, by=alice.actor)
        assert outcomes.lose_deal(deal.pk, by=alice.actor).outcome == "lost"


def test_a_reopened_deal_goes_on_where_it_was(alice: Person, bob: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        moving.move_deal(deal.pk, line[2].pk, by=alice.actor)
        outcomes.lose_deal(deal.pk, by=alice.actor)
        again = outcomes.reopen_deal(deal.pk, by=bob.actor, note="They called back.")
        assert (again.outcome, again.stage_id, again.closed_at) == ("open", line[2].pk, None)
        assert Loss.rows().get(deal=deal).reopened_at is not None
        reopening = Reopening.rows().get(deal=deal)
        assert (reopening.was, reopening.reopened_by_id, reopening.note) == (
            "lost", bob.membership.pk, "They called back.",
        )  # fmt: skip
        with pytest.raises(Conflict):
            outcomes.reopen_deal(deal.pk, by=bob.actor)
        assert outcomes.win_deal(deal.pk, by=bob.actor).outcome == "won"


def test_moving_to_an_end_closes_the_deal(alice: Person) -> None:
    *_, won, lost = making.stages(making.pipeline(alice))
    one, two = making.deal(alice), making.deal(alice, "Other")
    with firm_context(alice.firm.id):
        assert moving.move_deal(one.pk, won.pk, by=alice.actor).outcome == "won"
        assert moving.move_deal(two.pk, lost.pk, by=alice.actor).outcome == "lost"


def test_history_sleeps_while_the_deal_is_in_the_bin(alice: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        outcomes.win_deal(deal.pk, by=alice.actor)
        deals.delete_deals([deal.pk], by=alice.actor)
        assert not Win.rows().get(deal=deal).is_live
        deals.restore_deals([deal.pk], by=alice.actor)
        assert Win.rows().get(deal=deal).is_live
        deals.delete_deals([deal.pk], by=alice.actor)
        assert deals.purge_deals([deal.pk], by=alice.actor) == 1
        assert not StageStay.rows().exists()


def test_charlie_ends_nothing_of_alices(alice: Person, charlie: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice)
    with firm_context(charlie.firm.id):
        for verb in (outcomes.win_deal, outcomes.lose_deal, outcomes.reopen_deal):
            with pytest.raises(NotFound):
                verb(deal.pk, by=charlie.actor)


def test_who_may_not_edit_may_not_win(alice: Person) -> None:
    reader = join(alice.firm, "Rita", "Rowan", Role.READ_ONLY)
    making.pipeline(alice)
    deal = making.deal(alice)
    with firm_context(alice.firm.id), pytest.raises(Forbidden):
        outcomes.win_deal(deal.pk, by=reader.actor)


def test_a_deal_is_lost_in_its_own_pipeline(alice: Person) -> None:
    making.pipeline(alice)
    *_, lost = making.stages(making.pipeline(alice, "hiring"))
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput) as refused:
            moving.move_deal(deal.pk, lost.pk, by=alice.actor)
        assert "stage" in refused.value.fields
        assert Deal.rows().get(pk=deal.pk).outcome == "open"


def test_an_end_that_is_taken_back_leaves_the_funnel(alice: Person, bob: Person) -> None:
    pipeline = making.pipeline(alice)
    line = making.stages(pipeline)
    deal = making.deal(alice)

    def funnel() -> list[tuple[int, int]]:
        found = report(scope(alice.actor, alice.firm, pipeline.pk, period="all"), line)
        return [(row.advanced, row.lost) for row in found.funnel[:3]]

    with firm_context(alice.firm.id):
        moving.move_deal(deal.pk, line[1].pk, by=alice.actor)
        assert funnel() == [(1, 0), (0, 0), (0, 0)]
        for end, then in ((outcomes.win_deal, (1, 0)), (outcomes.lose_deal, (0, 1))):
            end(deal.pk, by=alice.actor)
            assert funnel() == [(1, 0), then, (0, 0)]
            outcomes.reopen_deal(deal.pk, by=bob.actor)
            assert funnel() == [(1, 0), (0, 0), (0, 0)]
