"""How texts are written for people."""

import pytest

from fairlead.kernel.text import counted, whole_number


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
