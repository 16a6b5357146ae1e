"""Exchange rates: what became of deals follows the firm's rates, whenever these are set, mended or taken away."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.sales import currencies
from fairlead.sales.actions import outcomes, rates, revaluing
from fairlead.sales.jobs import daily
from fairlead.sales.models import Deal, StageStay, Win
from fairlead.sales.tests import making
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def won(person: Person, value: str, at: datetime = THEN) -> Deal:
    with clock.frozen(at):
        deal = making.deal(person, value=value)
        with firm_context(person.firm.id):
            return outcomes.win_deal(deal.pk, by=person.actor)


def worth(person: Person, deal: Deal) -> tuple[Any, ...]:
    with firm_context(person.firm.id):
        win = Win.rows().get(deal=deal)
        stays = set(StageStay.rows().filter(deal=deal).values_list("base_value", flat=True))
        assert stays == {win.base_value}, "Stays and ends are worth the same at the same day."
        return win.base_value, win.rate and float(win.rate)


def set_rate(person: Person, currency: str, rate: str, day: datetime | None = None) -> Any:
    with firm_context(person.firm.id):
        found = rates.set_rate(currency, rate, by=person.actor, valid_from=day.date() if day else None)
    drain()
    return found


def test_a_deal_without_a_rate_counts_as_soon_as_there_is_one(alice: Person, charlie: Person) -> None:
    making.pipeline(alice), making.pipeline(charlie)
    deal, other = won(alice, "1,000.00 CHF"), won(charlie, "1,000.00 CHF")
    assert worth(alice, deal) == worth(charlie, other) == (None, None)
    set_rate(alice, "CHF", "1.10", THEN + timedelta(days=100))
    assert worth(alice, deal) == (110_000, 1.1), "Before the first rate, the first one counts."
    set_rate(alice, "CHF", "1.05", THEN - timedelta(days=1))
    assert worth(alice, deal) == (105_000, 1.05)
    set_rate(alice, "CHF", "1.06", THEN - timedelta(days=1))
    assert worth(alice, deal) == (106_000, 1.06), "A mended rate counts for the days it held."
    assert worth(charlie, other) == (None, None)


def test_a_rate_of_another_day_leaves_history_alone(alice: Person) -> None:
    making.pipeline(alice)
    early = set_rate(alice, "EUR", "1.25", THEN - timedelta(days=1))
    deal = won(alice, "1,000.00 EUR")
    set_rate(alice, "EUR", "2", THEN + timedelta(days=1))
    assert worth(alice, deal) == (125_000, 1.25)
    with firm_context(alice.firm.id):
        rates.delete_rate(early.pk, by=alice.actor)
    drain()
    assert worth(alice, deal) == (200_000, 2.0), "Without the rate of the day, the nearest one counts."


def test_currencies_of_other_sizes_are_rounded_as_people_do(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    making.pipeline(alice)
    monkeypatch.setattr(revaluing, "CHUNK", 2)
    deals = [won(alice, f"{amount} JPY") for amount in (1, 150, 333, 999, 1001)]
    set_rate(alice, "JPY", "0.0065", THEN)
    with firm_context(alice.firm.id), clock.frozen(THEN):
        table = currencies.rates()
        for deal in deals:
            assert worth(alice, deal)[0] == table.convert(Deal.rows().get(pk=deal.pk).value, "JPY")


def test_a_rate_that_begins_later_is_used_from_its_day(alice: Person) -> None:
    making.pipeline(alice)
    set_rate(alice, "EUR", "1", clock.now())
    deal = making.deal(alice, value="100.00 EUR")
    tomorrow = clock.now() + timedelta(days=1)
    set_rate(alice, "EUR", "3", tomorrow)
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).base_value == 100
    with clock.frozen(tomorrow):
        daily(firm_id=alice.firm.id)
    with firm_context(alice.firm.id):
        assert Deal.rows().get(pk=deal.pk).base_value == 300


def test_the_figures_say_which_rates_they_use_and_what_has_none(alice: Person, charlie: Person) -> None:
    pipeline, other = making.pipeline(alice), making.pipeline(charlie)
    won(alice, "1,000.00 CHF"), won(alice, "500.00 CHF"), won(alice, "10.00 EUR"), won(charlie, "7.00 PLN")
    set_rate(alice, "EUR", "1.20", THEN)
    address = f"pipelines/{pipeline.pk}/analytics?period=all"
    told = Api(alice).get(address).json()
    assert told["rates"] == [
        {"currency": "CHF", "lowest": None, "highest": None, "without": 2},
        {"currency": "EUR", "lowest": "1.2000000000", "highest": "1.2000000000", "without": 0},
    ]
    assert told["won"] == {"count": 3, "amount": 1_200}
    page = alice.client().get(alice.url(f"deals/analytics/{pipeline.pk}/?period=all")).content.decode()
    assert "1 EUR = 1.2 USD" in page and "count as nothing: 2 in CHF" in page and "Set rates" in page
    set_rate(alice, "CHF", "1.10", THEN)
    told = Api(alice).get(address).json()
    assert told["won"]["amount"] == 1_200 + 165_000 and not any(one["without"] for one in told["rates"])
    told = Api(charlie).get(f"pipelines/{other.pk}/analytics?period=all").json()
    assert [one["currency"] for one in told["rates"]] == ["PLN"]
