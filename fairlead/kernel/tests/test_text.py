"""How texts are written for people."""

import pytest

from fairlead.kernel.text import counted


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
