"""Keys keep the order of values, and SQL folds text as Python does."""

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.kernel.text import fold, squeeze
from fairlead.records.custom.keys import key, keys, number_key, recurring_key, text_key
from fairlead.records.fields import FieldType

numbers = st.one_of(
    st.integers(-(10**15), 10**15), st.decimals(-(10**9), 10**9, allow_nan=False, places=6), st.just(Decimal(0))
)


@given(numbers, numbers)
def test_number_keys_order_as_numbers_do(a: Decimal, b: Decimal) -> None:
    assert (number_key(a) < number_key(b)) == (a < b)
    assert (number_key(a) == number_key(b)) == (a == b)


@given(st.text(max_size=400))
def test_long_texts_keep_equality(text: str) -> None:
    assert len(text_key(text)) <= 233
    assert text_key(text) == text_key(text.swapcase().swapcase()) or text.casefold() != text.swapcase().swapcase()
    assert text_key(text + "x" * 300) != text_key(text + "x" * 301)


def test_keys_of_other_types() -> None:
    assert keys(FieldType.MULTI_CHOICE, ["b", "a", "b"]) == ["b", "a"]
    assert key(FieldType.MULTI_CHOICE, "tax") == "tax"
    assert keys(FieldType.BOOLEAN, False) == ["0"]
    assert keys(FieldType.TEXT, "") == [] == keys(FieldType.DATE, None)
    assert keys(FieldType.MONEY, {"amount": 12, "currency": "EUR"}) == ["EUR:2500112"]
    assert recurring_key("1980-04-12") == "04-12 1980"
    assert recurring_key("--04-12") == "04-12"


@pytest.mark.django_db
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cn", "Cc"]), max_size=20))
def test_sql_folds_as_python_does(db: None, text: str) -> None:
    value = squeeze(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fairlead_fold(%s)", [value])
        assert cursor.fetchone() == (fold(value),)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Zoë Ångström", "zoe angstrom"), ("STRAẞE", "strasse"), ("Łódź", "lodz"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("ﬁn", "fin")],
)
def test_fold_knows_the_letters_of_europe(text: str, folded: str) -> None:
    assert fold(text) == folded
