"""Days that come every year, as people write them."""

import pytest

from fairlead.kernel import dates


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12 April", "--04-12"), ("12. April 1980", "1980-04-12"), ("12th apr", "--04-12"), ("April 12", "--04-12"),
        ("Apr 12, 1980", "1980-04-12"), ("12/4", "--04-12"), ("12.4.", "--04-12"), ("12.04.1980", "1980-04-12"),
        ("29 February", "--02-29"), ("1980-04-12", "1980-04-12"), ("--04-12", "--04-12"), ("", ""), ("soon", "soon"),
    ],
)  # fmt: skip
def test_a_yearly_day_is_read_as_people_write_it(text: str, read: str) -> None:
    assert dates.read_yearly(text) == read


def test_numbers_are_read_in_the_order_of_the_viewer() -> None:
    with dates.written_as("slashes_month"):
        assert dates.read_yearly("4/12") == "--04-12"
    with dates.written_as("slashes_day"):
        assert dates.read_yearly("4/12") == "--12-04"


def test_what_is_no_day_is_left_to_whoever_keeps_it() -> None:
    assert dates.read_yearly("31 Smarch") == "--00-31"


@pytest.mark.parametrize("value", ["--04-12", "--02-29", "1980-04-12"])
def test_what_is_shown_is_read_again(value: str) -> None:
    assert dates.read_yearly(dates.yearly(value)) == value
