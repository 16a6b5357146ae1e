"""Which currency a country pays in."""

import pytest

from fairlead.kernel.currencies import CURRENCIES, currency_of_country
from fairlead.kernel.places import countries


@pytest.mark.parametrize(
    ("country", "currency"),
    [("GB", "GBP"), ("DE", "EUR"), ("US", "USD"), ("CH", "CHF"), ("LI", "CHF"), ("JP", "JPY"), ("SN", "XOF"),
     ("MX", "MXN"), ("BG", "EUR"), ("AQ", "USD")],
)  # fmt: skip
def test_a_firm_begins_with_the_money_of_its_country(country: str, currency: str) -> None:
    assert currency_of_country(country) == currency


def test_every_country_has_one_that_money_may_be_in() -> None:
    assert {currency_of_country(c) for c in countries()} <= set(CURRENCIES)
