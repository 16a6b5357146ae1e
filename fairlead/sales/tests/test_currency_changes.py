"""Another currency of the firm: rates are carried over, and everything is worth what it is in the new one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock, money
from fairlead.kernel.errors import InvalidInput
from fairlead.sales import currencies, rebasing, tallies
from fairlead.sales.actions import close_dates, currency_changes, forecasts, moving, outcomes, rates, revaluing
from fairlead.sales.models import (
    CloseDateChange,
    CurrencyChange,
    CurrencyRate,
    Deal,
    ForecastEntry,
    Loss,
    StageStay,
    StayTally,
    Win,
)  # fmt: skip
from fairlead.sales.rebasing import Held
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
CODES = ("USD", "EUR", "JPY", "KWD", "CHF")
RATES = (("EUR", "1.0842", 0), ("JPY", "0.0067", 10), ("EUR", "1.1", 40), ("KWD", "3.2571", 20), ("JPY", "0.0061", 70))
MODELS = {StageStay: "entered_at", Win: "occurred_at", Loss: "occurred_at", CloseDateChange: "changed_at",
          ForecastEntry: "taken_on"}  # fmt: skip


def story(person: Person) -> None:
    """Let deals in five currencies come, move, slip and end over a quarter; one currency never gets a rate."""
    line = making.stages(making.pipeline(person))
    with firm_context(person.firm.id):
        for code, rate, days in RATES:
            rates.set_rate(code, rate, by=person.actor, valid_from=(START + timedelta(days=days)).date())
    for at in range(15):
        began = START + timedelta(days=at * 5)
        with clock.frozen(began):
            close = began.date() + timedelta(days=30)
            value = 100_003 + at * 7
            deal = making.deal(person, f"Deal {at}", value=value, currency=CODES[at % 5], expected_close=close)
        with clock.frozen(began + timedelta(days=9)), firm_context(person.firm.id):
            close_dates.shift_close_date(deal.pk, days=10, by=person.actor)
            moving.move_deal(deal.pk, line[1].pk, by=person.actor)
            if at % 3 == 1:
                outcomes.win_deal(deal.pk, by=person.actor)
            elif at % 3 == 2:
                outcomes.lose_deal(deal.pk, by=person.actor)
    with firm_context(person.firm.id):
        forecasts.take_forecast(by=person.actor, on=date(2026, 3, 1))
        for code in CODES:  # the clock of the story stood in spring, where a deal's place in lists is of today
            revaluing.revalue_deals(code)
    drain()


def change(person: Person, code: str) -> None:
    with firm_context(person.firm.id):
        update_firm({"currency": code}, by=person.actor)
    drain()


def figures(person: Person) -> dict[str, Any]:
    """Return every amount in the firm's currency, and the rates."""
    with firm_context(person.firm.id):
        found: dict[str, Any] = {
            model.__name__: list(model.rows().order_by("id").values_list("id", "base_value")) for model in MODELS
        }
        return found | {
            "weighted": list(ForecastEntry.rows().order_by("id").values_list("weighted", flat=True)),
            "deals": list(Deal.rows().order_by("id").values_list("id", "base_value")),
            "rates": list(CurrencyRate.rows().order_by("currency", "valid_from").values_list(
                "id", "currency", "valid_from", "rate", "set_by_id")),
            "foreign": list(StageStay.rows().order_by("id").values_list("is_foreign", flat=True)),
            "sums": sums(),
        }  # fmt: skip


def sums() -> list[Any]:
    rows = StayTally.rows().values_list("pipeline_id", "day", "stage_id").order_by("pipeline_id", "day", "stage_id")
    return list(rows.annotate(*(Sum(name) for name in ("came_value", "entered_value", "came", "seconds"))))


def recounted(person: Person) -> None:
    """Hold every amount against what its own value is worth at the rate of its day, and the sums against a recount."""
    with firm_context(person.firm.id):
        home = currencies.home()
        for model, moment in MODELS.items():
            for row in model.rows():
                at = getattr(row, moment)
                day = at if moment == "taken_on" else at.astimezone(UTC).date()
                assert row.base_value == currencies.rates(day).convert(row.value, row.currency), row
        for stay in StageStay.rows():
            assert stay.is_foreign == (stay.currency != home)
        for deal in Deal.rows():
            assert deal.base_value == currencies.rates().major(deal.value, deal.currency)
        before = sums()
        tallies.recount()
        assert sums() == before


def test_all_is_worth_what_it_is_in_the_new_currency_and_again_in_the_old(
    alice: Person, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revaluing, "CHUNK", 4)
    story(alice), story(charlie)
    recounted(alice)
    old, other = figures(alice), figures(charlie)
    assert old["ForecastEntry"] and all(worth for _, worth in old["ForecastEntry"])
    for code in ("EUR", "JPY", "KWD"):
        change(alice, code)
        recounted(alice)
        assert figures(alice)["Win"] != old["Win"]
        with firm_context(alice.firm.id):
            assert currency_changes.open_change() is None
            assert not CurrencyRate.rows().filter(currency=code).exists()
        change(alice, "USD")
        assert figures(alice) == old, f"By way of {code}"
    assert figures(charlie) == other
    with firm_context(alice.firm.id):
        assert not CurrencyRate.rows().filter(is_carried=True).exists()
        assert Event.rows().filter(type="currency_rate.carried").count() == 6


def test_a_way_round_by_several_currencies_ends_with_the_old_figures(alice: Person) -> None:
    story(alice)
    old = figures(alice)
    for code in ("EUR", "JPY", "KWD", "USD"):
        change(alice, code)
        recounted(alice)
    assert {**figures(alice), "rates": old["rates"]} == old, "Rates begin on more days, each with what was known of it."


def test_what_is_set_and_won_in_between_stays(alice: Person) -> None:
    story(alice)
    change(alice, "EUR")
    with firm_context(alice.firm.id):
        rates.set_rate("CHF", "1.05", by=alice.actor, valid_from=START.date(), base="EUR")
        with pytest.raises(InvalidInput, match="EUR now"):
            rates.set_rate("CHF", "1.05", by=alice.actor, base="USD")
    won = making.deal(alice, value="500.00 EUR")
    with firm_context(alice.firm.id):
        outcomes.win_deal(won.pk, by=alice.actor)
        assert Win.rows().get(deal=won).base_value == 50_000
    drain()
    change(alice, "USD")
    recounted(alice)
    with firm_context(alice.firm.id):
        assert Win.rows().get(deal=won).base_value == 55_000
        first, *_ = CurrencyRate.rows().filter(currency="CHF").order_by("valid_from")
        assert (first.valid_from, first.shown) == (START.date(), "1.13841")


def test_a_firm_without_rates_only_changes_its_currency(alice: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice, value="500.00 USD")
    with firm_context(alice.firm.id):
        outcomes.win_deal(deal.pk, by=alice.actor)
    change(alice, "EUR")
    with firm_context(alice.firm.id):
        win = Win.rows().get(deal=deal)
        assert (win.value, win.currency, win.base_value) == (50_000, "USD", None)
    change(alice, "USD")
    with firm_context(alice.firm.id):
        assert Win.rows().get(deal=deal).base_value == 50_000


def test_without_a_rate_of_the_new_currency_nothing_is_changed(alice: Person) -> None:
    story(alice)
    old = figures(alice)
    answer = alice.client().post(alice.url("settings/firm/"), {
        "name": alice.firm.name, "country": "US", "time_zone": "UTC", "language": "en", "currency": "GBP",
    }, headers={"HX-Request": "true"})  # fmt: skip
    assert answer.status_code == 422 and "what one GBP is worth in USD" in answer.content.decode()
    with firm_context(alice.firm.id):
        assert currencies.home() == "USD" and not CurrencyChange.rows().exists()
    assert figures(alice) == old


def test_pages_say_so_while_it_lasts(alice: Person, charlie: Person) -> None:
    story(alice), making.pipeline(charlie)
    with firm_context(alice.firm.id):
        update_firm({"currency": "EUR"}, by=alice.actor)
        pipeline = Deal.rows().first().pipeline_id  # type: ignore[union-attr]
    places = (
        "settings/currencies/",
        f"deals/analytics/{pipeline}/?period=all",
        f"deals/forecast/{pipeline}/",
        "deals/",
    )
    for place in places:
        assert "worked out in EUR" in alice.client().get(alice.url(place)).content.decode(), place
    assert "worked out" not in charlie.client().get(charlie.url("settings/currencies/")).content.decode()
    told = Api(alice).get(f"pipelines/{pipeline}/analytics").json()
    assert told["working_out"]["before"] == "USD" and told["working_out"]["done"] == 0
    part = alice.client().get(alice.url("deals/worth"))
    assert "worked out in EUR" in part.content.decode() and "HX-Refresh" not in part.headers
    drain()
    assert alice.client().get(alice.url("deals/worth")).headers["HX-Refresh"] == "true"
    for place in places:
        assert "worked out in EUR" not in alice.client().get(alice.url(place)).content.decode(), place
    assert Api(alice).get(f"pipelines/{pipeline}/analytics").json()["working_out"] is None


def test_a_second_change_takes_over_and_a_lost_one_is_taken_up_again(alice: Person) -> None:
    story(alice)
    old = figures(alice)
    with firm_context(alice.firm.id):
        update_firm({"currency": "EUR"}, by=alice.actor)
        first = currency_changes.open_change()
        update_firm({"currency": "USD"}, by=alice.actor)
        second = currency_changes.open_change()
    assert first and second and first.pk != second.pk
    currency_changes.work_out(alice.firm.id, first.pk)
    with firm_context(alice.firm.id):
        second.refresh_from_db()
        assert second.finished_at is None, "The first one has nothing to finish."
    drain()
    assert figures(alice) == old
    with firm_context(alice.firm.id):
        CurrencyChange.rows().filter(pk=second.pk).update(finished_at=None)
    from fairlead.sales.jobs import daily

    daily(firm_id=alice.firm.id)
    drain()
    with firm_context(alice.firm.id):
        assert currency_changes.open_change() is None


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 28))
TYPED = st.decimals(Decimal("0.0000001"), Decimal(10) ** 9, places=10)
TIMELINES = st.dictionaries(DAYS, TYPED.map(Held), min_size=1, max_size=5)
TABLES = st.fixed_dictionaries({"EUR": TIMELINES}, optional={"JPY": TIMELINES, "GBP": TIMELINES})


@given(TABLES, DAYS)
def test_rates_there_and_back_are_the_same_rates(table: dict[str, Any], day: date) -> None:
    there = rebasing.rebase(table, before="USD", after="EUR")
    assert rebasing.rebase(there, before="EUR", after="USD") == table
    for code, timeline in table.items():
        if code != "EUR":
            [old], [bridge], [new] = (rebasing.on(t, [day]) for t in (timeline, table["EUR"], there[code]))
            assert abs(new * bridge / old - 1) < Decimal("1e-20"), "Every day is worth what it was."


def test_minor_units_of_all_sizes_are_rounded_alike_here_and_in_the_database(alice: Person) -> None:
    making.pipeline(alice)
    with firm_context(alice.firm.id):
        rates.set_rate("EUR", "0.012", by=alice.actor)
    deals = [making.deal(alice, value=f"0.0{at} USD") for at in range(1, 10)]
    change(alice, "EUR")
    assert money.exponent("EUR") == 2
    recounted(alice)
    with firm_context(alice.firm.id):
        worth = {d.value: d.base_value for d in Deal.rows().filter(pk__in=[d.pk for d in deals])}
        assert worth[3] == 2.5, "3 / 0.012 is 250 exactly, though 1 / 0.012 has no end."
