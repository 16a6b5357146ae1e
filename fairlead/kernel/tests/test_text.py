"""How texts are written for people, and compared."""

import tracemalloc

import pytest

from fairlead.kernel.text import counted, fold, whole_number


@pytest.mark.parametrize(
    ("number", "many", "told"),
    [
        (0, "", "0 pages"),
        (1, "", "1 page"),
        (2_000, "", "2,000 pages"),
        (1, "leaves", "1 page"),
        (3, "leaves", "3 leaves"),
    ],
)
def test_a_number_agrees_with_its_noun(number: int, many: str, told: str) -> None:
    assert counted(number, "page", many) == told


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12),
        (" -3 ", -3),
        (7, 7),
        ("²", None),
        ("٣", None),
        ("1.0", None),
        ("", None),
        (None, None),
        ("9" * 5_000, None),
    ],
)
def test_a_whole_number_is_one_that_people_type(typed: object, number: int | None) -> None:
    assert whole_number(typed) == number


def test_a_whole_number_has_no_more_digits_than_asked_for() -> None:
    assert (whole_number("-999", digits=3), whole_number("1000", digits=3)) == (-999, None)


def test_long_texts_are_folded_without_being_kept() -> None:
    assert fold(f"{'É' * 300} Straße ") == f"{'e' * 300} strasse"
    tracemalloc.start()
    try:
        for number in range(50):
            fold(f"{number} {'x' * 100_000}")
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()
