"""What is written into a cell is read out of it again."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairlead.kernel.spreadsheets import SEPARATORS, joined, safe_cell, separated, text_of
from fairlead.kernel.text import squeeze

LABELS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(";,\"'=-+@ |ab")).map(squeeze).filter(bool)


@given(st.lists(LABELS, min_size=1))
@example(["a;b"])
@example(['"a', 'b"'])
@example(['"', "a;b", '""'])
@example(["'=1;2", '"=x"'])
@example(['"Gold"'])
def test_several_values_come_back(labels: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([safe_cell(joined(labels))])
    file.seek(0)
    (cell,) = next(csv.reader(file))
    assert separated(text_of(cell)) == labels
    assert separated(text_of(cell), SEPARATORS) == labels


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert text_of(safe_cell(text)) == text


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("Gold;Silver", ["Gold", "Silver"]),
        (" Gold ; ;Silver;", ["Gold", "Silver"]),
        ('"Big" ones; small', ['"Big" ones', "small"]),
        ('"Gold";"Silver"', ['"Gold"', '"Silver"']),
        ('5" pipe;6" pipe', ['5" pipe', '6" pipe']),
        ('"Berlin; Paris" ; "Rome"', ["Berlin; Paris", "Rome"]),
        ('"open; end', ['"open', "end"]),
    ],
)
def test_what_people_wrote_is_read_as_before(cell: str, values: list[str]) -> None:
    assert separated(cell) == values


def test_a_separator_may_be_a_word() -> None:
    assert separated('a;b :: c::"d::e"', ("::",)) == ["a;b", "c", "d::e"]
