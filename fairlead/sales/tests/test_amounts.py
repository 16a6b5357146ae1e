"""Amounts at their limits, and of a deal that changes its currency."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from fairlead.accounts.tests.cast import Person
from fairlead.jobs.testing import drain
from fairlead.kernel.errors import InvalidInput
from fairlead.sales.actions import close_dates, deals, forecasts, line_items, moving, stages
from fairlead.sales.currencies import MOST
from fairlead.sales.models import Deal, ForecastEntry, LineItem, StageStay, StayTally
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "units", "after", "kept"),
    [("EUR", 1_250_000, "JPY", 12_500), ("JPY", 900, "BHD", 900_000), ("BHD", 12_345, "EUR", 1_235),
     ("EUR", 1_250_000, "USD", 1_250_000)],
)  # fmt: skip
def test_another_currency_alone_keeps_the_number(alice: Person, before: str, units: int, after: str, kept: int) -> None:
    making.pipeline(alice)
    deal = making.deal(alice, value=units, currency=before)
    with firm_context(alice.firm.id):
        changed = deals.update_deal(deal.pk, {"currency": after}, by=alice.actor)
        assert (changed.value, changed.currency) == (kept, after)


def test_line_items_follow_another_currency(alice: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice, currency="EUR")
    items = [{"name": "Days", "quantity": 3, "unit_price": 10_050}, {"name": "Travel", "unit_price": "99.40"}]
    with firm_context(alice.firm.id):
        line_items.set_line_items(deal.pk, items, by=alice.actor)
        changed = deals.update_deal(deal.pk, {"currency": "JPY"}, by=alice.actor)
        assert list(LineItem.rows().order_by("position").values_list("unit_price", "total")) == [(101, 303), (99, 99)]
        assert (changed.value, changed.value_from_items) == (402, True)
        typed = deals.update_deal(deal.pk, {"value": "5.00 EUR"}, by=alice.actor)
        assert (typed.value, typed.value_from_items, LineItem.rows().earliest("position").unit_price) == (
            500, False, 10_100,
        )  # fmt: skip


@pytest.mark.parametrize("is_value", [True, False])
def test_line_items_beyond_every_amount_are_refused(alice: Person, is_value: bool) -> None:
    making.pipeline(alice)
    deal = making.deal(alice)
    items = [{"name": "Stars", "quantity": "1000000000", "unit_price": 10**14}]
    with firm_context(alice.firm.id), pytest.raises(InvalidInput, match="too large"):
        line_items.set_line_items(deal.pk, items, by=alice.actor, sum_is_value=is_value)


def test_a_close_date_ends_with_the_calendar(alice: Person) -> None:
    line = making.stages(making.pipeline(alice))
    deal = making.deal(alice, expected_close=date(9999, 12, 1))
    with firm_context(alice.firm.id):
        with pytest.raises(InvalidInput, match="beyond the year 9999"):
            close_dates.shift_close_date(deal.pk, 60, by=alice.actor)
        stages.update_stage(line[1].pk, {"shift_close_days": 60}, by=alice.actor)
        with pytest.raises(InvalidInput, match="beyond the year 9999"):
            moving.move_deal(deal.pk, line[1].pk, by=alice.actor)


def test_what_is_wrong_with_a_line_item_is_said_in_the_words_of_the_form(alice: Person) -> None:
    making.pipeline(alice)
    place = alice.url(f"deals/{making.deal(alice).pk}/items")
    seen = re.findall(r'name="seen" value="([^"]*)"', alice.client().get(place).text)[0]
    typed = {"count": "2", "seen": seen, "name-0": "Workshop", "quantity-0": "1", "unit_price-0": "abc",
             "quantity-1": "1"}  # fmt: skip
    page = alice.client().post(place, typed).text
    assert "Price 1: An amount such as" in page and "items.0" not in page
    assert re.search(r'aria-label="Price 1"\s+aria-invalid="true"', page)
    page = alice.client().post(place, typed | {"unit_price-0": "5", "unit_price-1": "400"}).text
    assert "Name 2: Choose a product or write a name." in page


@pytest.mark.parametrize(("typed", "meant"), [("1,000", 1000), ("2.5", "2.5"), ("2,5", "2.5"), ("0,125", "0.125")])
def test_a_quantity_is_read_as_prices_are(alice: Person, typed: str, meant: int | str) -> None:
    making.pipeline(alice)
    deal = making.deal(alice)
    with firm_context(alice.firm.id):
        line_items.set_line_items(deal.pk, [{"name": "Bolts", "quantity": typed, "unit_price": 8}], by=alice.actor)
        assert LineItem.rows().get().quantity == Decimal(meant)


def test_a_dialog_keeps_as_many_line_items_as_a_deal_may_have(alice: Person) -> None:
    making.pipeline(alice)
    deal = making.deal(alice)
    place = alice.url(f"deals/{deal.pk}/items")
    with firm_context(alice.firm.id):
        items = [{"name": f"Part {n}", "unit_price": 100} for n in range(70)]
        line_items.set_line_items(deal.pk, items, by=alice.actor)
    shown = alice.client().get(place).text
    typed = {"count": "72", "seen": re.findall(r'name="seen" value="([^"]*)"', shown)[0], "sum_is_value": "yes"}
    for n in range(70):
        typed |= {f"name-{n}": f"Part {n}", f"quantity-{n}": "2", f"unit_price-{n}": "1.00"}
    assert alice.client().post(place, typed).status_code == 302
    with firm_context(alice.firm.id):
        assert LineItem.rows().count() == 70 and Deal.rows().get(pk=deal.pk).value == 70 * 200


@pytest.mark.parametrize("rate_first", [True, False])
def test_what_a_mistyped_rate_makes_of_an_amount_is_kept_as_the_most(alice: Person, rate_first: bool) -> None:
    """Neither a deal nor the history, nor the forecast of the night, fails by it; a mended rate counts."""
    making.pipeline(alice)
    if rate_first:
        making.rate(alice, "KWD", "1000000000")
    deal = making.deal(alice, value=10**15 - 1, currency="KWD", expected_close="2026-12-01")
    if not rate_first:
        making.rate(alice, "KWD", "1000000000")
    drain()
    with firm_context(alice.firm.id):
        assert forecasts.take_forecast(by=alice.actor) == 1
        assert StageStay.rows().get().base_value == MOST
        assert StayTally.rows().aggregate(worth=Sum("came_value"))["worth"] == MOST
        entry = ForecastEntry.rows().get()
        assert (entry.base_value, entry.weighted) == (MOST, MOST)
    making.rate(alice, "KWD", "2")
    drain()
    with firm_context(alice.firm.id):
        worth = 2 * 10**14
        assert StageStay.rows().get().base_value == ForecastEntry.rows().get().base_value == worth
        assert Deal.rows().get(pk=deal.pk).base_value == worth / 100
