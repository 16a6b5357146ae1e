"""Files with lines and cells without end: told what is wrong, in little memory."""

import io
import tracemalloc
from pathlib import Path

import pytest

from fairlead.records.imports.reading import Row, RowProblem, Source, detect
from fairlead.records.imports.reading.rows import FIELD_LIMIT, LINE_LIMIT, lines_of, tokenize

MUCH = 3 * LINE_LIMIT


@pytest.mark.parametrize("cell", ["x" * MUCH, '"' + "x" * MUCH, '"' + "x" * MUCH + '"', '""' * (MUCH // 2)])
def test_a_cell_without_end_is_a_problem_of_its_line_alone(cell: str, tmp_path: Path) -> None:
    file = tmp_path / "endless.csv"
    file.write_text(f"email,name\n{cell}\nada@byron.example,Ada\n")
    _, problem, row = Source(file, detect(file)).records()
    assert isinstance(problem, RowProblem) and problem.line == 2 and len(problem.cells[0]) <= LINE_LIMIT
    assert row == Row(3, ["ada@byron.example", "Ada"])


def test_to_see_whether_a_quote_is_closed_takes_little_memory() -> None:
    line = '"' + "x" * (8 * FIELD_LIMIT) + "\n"
    tracemalloc.start()
    [problem] = tokenize([line], ",")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(problem, RowProblem) and peak < 20 * len(line)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_line_is_cut_where_it_is_too_long_and_nowhere_else(end: str) -> None:
    lines = ["a,b", "x" * (LINE_LIMIT - len(end)), "y" * (LINE_LIMIT + 5), "z"]
    read = list(lines_of(io.StringIO(end.join(lines), newline="")))
    assert [line.rstrip("\r\n") for line in read] == [lines[0], lines[1], lines[2][:LINE_LIMIT], lines[3]]
