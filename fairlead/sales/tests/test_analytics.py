"""Every figure of the analytics and the forecast is the sum of the list behind it, whatever happened before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.accounts.tests.cast import Person
from fairlead.kernel import clock
from fairlead.kernel.errors import FairleadError, NotFound
from fairlead.sales import access, tallies
from fairlead.sales.actions import close_dates, deals, forecasts, moving, outcomes
from fairlead.sales.analytics import accuracy, behind, forecast, measures
from fairlead.sales.analytics.behind import Figure
from fairlead.sales.analytics.report import Report, report
from fairlead.sales.analytics.scope import Scope, days_of, scope
from fairlead.sales.models import Deal, Pipeline, StayTally, Win
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("create", "move", "win", "lose", "reopen", "shift", "worth", "delete", "restore", "own")),
        st.integers(0, 7), st.integers(0, 60), st.integers(1, 20),
    ),
    min_size=3, max_size=30,
)  # fmt: skip
PERIODS = ((date(2026, 1, 1), date(2027, 12, 31)), (date(2026, 1, 10), date(2026, 3, 20)))


def _over(person: Person, pipeline: Pipeline, since: date, until: date, owner: Any = None) -> Scope:
    return scope(person.actor, person.firm, pipeline.pk, since=since, until=until, owner_id=owner)


def _read(person: Person, pipeline: Pipeline, *period: date, owner: Any = None) -> Report:
    return report(_over(person, pipeline, *period, owner=owner), access.stages(person.actor, pipeline.pk))


def _listed(over: Scope, key: str) -> Figure:
    """Add up the whole list behind a figure, page by page."""
    asked, found, page = measures.asked(key), [], 1
    while rows := behind.parts(over, asked, page=page, size=3):
        found += rows
        page += 1
    assert len({p.deal_id for p in found}) == len(found)
    return Figure(sum(p.count for p in found), sum(p.amount for p in found))


def _figures(found: Report) -> dict[str, tuple[int, int | None]]:
    """Return every figure of a report as (count, amount), by the key of the list behind it."""
    keys: dict[str, tuple[int, int | None]] = {
        "created": (found.created.count, found.created.amount), "regressed": (found.regressed, None),
        "won": (found.won.total.count, found.won.total.amount), "won_cycle": (found.won.total.count, found.won.seconds),
        "lost": (found.lost.total.count, found.lost.total.amount),
        "slipped": (found.slipped.count, found.slipped.amount), "pulled": (found.pulled.count, found.pulled.amount),
    }  # fmt: skip
    for row in found.funnel:
        at = row.stage.pk
        keys |= {
            f"entered:{at}": (row.entered.count, row.entered.amount), f"advanced:{at}": (row.advanced, None),
            f"left_lost:{at}": (row.lost, None), f"staying:{at}": (row.staying, None),
            f"stayed:{at}": (row.stayed.count, row.stayed.amount), f"regressed_from:{at}": (row.regressed_from, None),
        }  # fmt: skip
    groups = (("won_why", found.won.by_reason), ("won_by", found.won.by_owner), ("lost_why", found.lost.by_reason),
              ("lost_by", found.lost.by_owner), ("lost_to", found.lost.by_competitor))  # fmt: skip
    for name, group in groups:
        keys |= {f"{name}:{key or 'none'}": (figure.count, figure.amount) for key, figure in group.items()}
    return keys


def _agree(person: Person, pipeline: Pipeline, *period: date, owner: Any = None) -> None:
    over = _over(person, pipeline, *period, owner=owner)
    for key, (count, amount) in _figures(_read(person, pipeline, *period, owner=owner)).items():
        listed, total = _listed(over, key), behind.figure(over, measures.asked(key))
        assert (listed.count, listed.amount) == (total.count, total.amount), key
        assert listed.count == count, key
        assert amount is None or listed.amount == amount, key


def _forecast_agrees(person: Person, pipeline: Pipeline, today: date, rate: Decimal) -> None:
    over = _over(person, pipeline, *PERIODS[0])
    for month in forecast.forecast(over, today=today):
        for kind, cell in month.cells.items():
            total, rows = forecast.open_behind(over, month.key, kind, today=today, size=1000)
            assert (total.count, total.total) == (cell.count, cell.total), (month.key, kind)
            assert len(rows) == cell.count
            sums: dict[str, Decimal] = {}
            for row in rows:
                share = Decimal(row.probability) / 100 if kind == "weighted" else 1
                sums[row.currency] = sums.get(row.currency, Decimal(0)) + row.value * share
            worth = {"USD": Decimal(1), "EUR": rate}
            by_hand = sum(_half_up(units * worth[code]) for code, units in sums.items())
            assert by_hand == cell.total.amount


def _half_up(units: Decimal) -> int:
    return int(units.to_integral_value(rounding=ROUND_HALF_UP))


class _Story:
    """Plays random steps on a few deals."""

    def __init__(self, alice: Person, bob: Person, pipeline: Pipeline, why: Any) -> None:
        self.people, self.stages, self.why = (alice, bob), making.stages(pipeline), why
        self.made: list[Any] = []

    def play(self, verb: str, which: int, days: int, number: int) -> None:
        who = self.people[number % 2]
        if verb == "create" or not self.made:
            currency = ("USD", "EUR")[number % 2]
            close = clock.now().date() + timedelta(days=days) if number % 3 else None
            given = {"title": f"Deal {number}", "value": number * 1_003, "currency": currency, "expected_close": close,
                     "owner": who.membership.pk}  # fmt: skip
            self.made.append(deals.create_deal(given, by=who.actor).pk)
            return
        pk = self.made[which % len(self.made)]
        steps: dict[str, Callable[[], Any]] = {
            "move": lambda: moving.move_deal(pk, self.stages[number % 5].pk, by=who.actor),
            "win": lambda: outcomes.win_deal(pk, by=who.actor),
            "lose": lambda: outcomes.lose_deal(pk, by=who.actor, reason_id=self.why.pk),
            "reopen": lambda: outcomes.reopen_deal(pk, by=who.actor),
            "shift": lambda: close_dates.shift_close_date(pk, days - 30, by=who.actor),
            "worth": lambda: deals.update_deal(pk, {"value": number * 777}, by=who.actor),
            "own": lambda: deals.update_deal(pk, {"owner": who.membership.pk}, by=who.actor),
            "delete": lambda: deals.delete_deals([pk], by=who.actor),
            "restore": lambda: deals.restore_deals([pk], by=who.actor),
        }
        steps[verb]()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STEPS)
def test_figures_are_the_sums_of_their_lists(
    alice: Person, bob: Person, story: list[tuple[str, int, int, int]]
) -> None:

    with firm_context(alice.firm.id):
        point = transaction.savepoint()
        with clock.frozen(START):
            pipeline = making.pipeline(alice, "sales", f"Pipeline {Pipeline.rows().count()}")
            for stage in pipeline.stages.all():
                stage.required_fields = []
                stage.save()
            making.rate(alice, "EUR", "1.0837")
            told = _Story(alice, bob, pipeline, making.reason(alice))
        now = START
        for verb, which, days, number in story:
            now += timedelta(hours=7 + 11 * days)
            with clock.frozen(now):
                try:
                    with transaction.atomic():
                        told.play(verb, which, days, number)
                except FairleadError:
                    continue  # what the rules forbid at this moment
        for period in PERIODS:
            _agree(alice, pipeline, *period)
        _agree(alice, pipeline, *PERIODS[0], owner=bob.membership.pk)
        with clock.frozen(now):
            _forecast_agrees(alice, pipeline, now.date(), Decimal("1.0837"))
        transaction.savepoint_rollback(point)


def test_days_begin_where_the_firm_is_and_their_sums_stay_right(alice: Person, bob: Person, charlie: Person) -> None:
    alice.firm.time_zone = "Pacific/Auckland"
    alice.firm.save()
    line = making.stages(pipeline := making.pipeline(alice))
    with firm_context(alice.firm.id):
        for number in range(9):  # every seven hours: on both sides of both midnights
            owner = (alice, bob)[number % 2].membership.pk
            with clock.frozen(START + timedelta(hours=7 * number)):
                deal = making.deal(alice, f"Deal {number}", value="100 USD", owner=owner)
                moving.move_deal(deal.pk, line[2].pk, by=alice.actor)
                moving.move_deal(deal.pk, line[1].pk, by=bob.actor)
        deals.delete_deals([deal.pk], by=alice.actor)

        def figures() -> list[dict[str, tuple[int, int | None]]]:
            periods = [(date(2026, 1, d), date(2026, 1, e)) for d in range(5, 9) for e in (d, d + 1)]
            for period in (*periods, PERIODS[0]):
                _agree(alice, pipeline, *period)
            return [_figures(_read(alice, pipeline, *period)) for period in periods]

        kept = StayTally.rows().values_list("day", "stage_id", "back_from_id", "owner_id")
        before, written = figures(), kept.count()
        tallies.compact()
        days = list(kept.all())
        assert len(days) == len(set(days)) < written
        assert figures() == before
        tallies.recount()
        assert figures() == before
        assert sorted(map(str, kept.all())) == sorted(map(str, days))
    with firm_context(charlie.firm.id):
        assert not StayTally.rows().exists()


def test_the_past_does_not_follow_the_present(alice: Person) -> None:
    pipeline = making.pipeline(alice)
    line = making.stages(pipeline)
    period = (date(2026, 1, 1), date(2026, 12, 31))
    with firm_context(alice.firm.id), clock.frozen(START):
        deal = making.deal(alice, value="1,000 USD")
        outcomes.win_deal(deal.pk, by=alice.actor)
        before = _read(alice, pipeline, *period)
        deals.update_deal(deal.pk, {"value": "9,999 USD", "owner": alice.membership.pk}, by=alice.actor)
        after = _read(alice, pipeline, *period)
        assert before.won.total == after.won.total == Figure(1, 100_000)
        assert after.funnel[0].advanced == 1
        assert (after.win_rate, after.average_won) == (1.0, 100_000)
        outcomes.reopen_deal(deal.pk, by=alice.actor)
        assert _read(alice, pipeline, *period).won.total.count == 0
        moving.move_deal(deal.pk, line[1].pk, by=alice.actor)
        moving.move_deal(deal.pk, line[0].pk, by=alice.actor)
        assert _read(alice, pipeline, *period).funnel[1].regressed_from == 1


def test_a_kept_forecast_is_held_against_the_month(alice: Person) -> None:
    pipeline = making.pipeline(alice)
    with firm_context(alice.firm.id):
        with clock.frozen(datetime(2026, 3, 1, 1, tzinfo=UTC)):
            one = making.deal(alice, value="1,000 USD", expected_close="2026-03-20")
            making.deal(alice, "Other", value="500 USD", expected_close="2026-04-20")
            assert forecasts.take_forecast(by=alice.actor) == 2
            assert forecasts.take_forecast(by=alice.actor) == 0
        with clock.frozen(datetime(2026, 3, 20, 12, tzinfo=UTC)):
            deals.update_deal(one.pk, {"value": "900 USD"}, by=alice.actor)
            outcomes.win_deal(one.pk, by=alice.actor)
        over = _over(alice, pipeline, date(2026, 1, 1), date(2026, 12, 31))
        [kept] = accuracy.accuracy(over)
        assert (kept.month, kept.weighted, kept.won) == (date(2026, 3, 1), Figure(1, 10_000), Figure(1, 90_000))
        figure, parts = accuracy.kept_behind(over, kept.month, "weighted")
        assert (figure.amount, [p.deal_id for p in parts]) == (10_000, [one.pk])


def test_what_is_too_long_in_a_stage_is_told_once(alice: Person) -> None:
    making.pipeline(alice)
    with firm_context(alice.firm.id):
        with clock.frozen(START):
            making.deal(alice)
        with clock.frozen(START + timedelta(days=20)):
            assert forecasts.tell_stalled(by=alice.actor) == 1
            assert forecasts.tell_stalled(by=alice.actor) == 0


def test_who_sees_only_their_own_counts_only_their_own(alice: Person, bob: Person) -> None:
    pipeline = making.pipeline(alice)
    mine = making.deal(alice, owner=bob.membership.pk, value="100 USD")
    theirs = making.deal(alice, "Other", owner=alice.membership.pk, value="700 USD")
    alice.firm.visibility = "owner"
    alice.firm.save()
    with firm_context(alice.firm.id):
        outcomes.win_deal(mine.pk, by=alice.actor)
        outcomes.win_deal(theirs.pk, by=alice.actor)
        today = clock.now().date()
        assert _read(bob, pipeline, today, today).won.total == Figure(1, 10_000)
        assert _read(alice, pipeline, today, today).won.total == Figure(2, 80_000)
        assert Win.rows().count() == 2


def test_charlie_measures_nothing_of_alices(alice: Person, charlie: Person) -> None:
    pipeline = making.pipeline(alice)
    with firm_context(charlie.firm.id), pytest.raises(NotFound):
        _over(charlie, pipeline, *PERIODS[0])
    with firm_context(alice.firm.id), pytest.raises(NotFound):
        measures.asked("won; DROP TABLE")


def test_periods_are_whole() -> None:
    today = date(2026, 5, 17)
    assert days_of("quarter", today) == (date(2026, 4, 1), date(2026, 6, 30))
    assert days_of("last_quarter", date(2026, 1, 3)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert days_of("12_months", today) == (date(2025, 6, 1), date(2026, 5, 31))
    assert days_of("last_month", date(2026, 3, 31)) == (date(2026, 2, 1), date(2026, 2, 28))


def test_an_amount_without_a_rate_is_named(alice: Person) -> None:
    pipeline = making.pipeline(alice)
    making.deal(alice, value="100 CHF", expected_close="2026-12-01")
    with firm_context(alice.firm.id):
        over = _over(alice, pipeline, *PERIODS[0])
        cells = {m.key: m.cells for m in forecast.forecast(over, today=date(2026, 11, 21))}
        total = cells["2026-12"]["open"].total
        assert (total.amount, dict(total.missing)) == (0, {"CHF": 10_000})
        assert "Without a rate: 100 CHF" in total.note
        assert Deal.rows().get().base_value is None
