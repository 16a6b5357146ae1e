"""What is wrong with the rows that an import leaves out, and where it is told."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

SHOWN = 60  # characters of a cell
# What a file of rows that were left out begins with. It comes back corrected: these say nothing of anybody.
ABOUT_ROWS = ("What is wrong", "Line in the file")
_BEFORE = "Line"  # what the second was called once


class Fault(NamedTuple):
    """One thing that is wrong: its column and cell ("" for the whole row), and the words for people."""

    column: str
    value: str
    message: str


class Problem(NamedTuple):
    """A row that is left out: its line, all that is wrong in it, its cells."""

    line: int
    faults: tuple[Fault, ...]
    cells: Sequence[str]


def whole_row(line: int, message: str, cells: Sequence[str]) -> Problem:
    """Return the problem of a row that is wrong as a whole."""
    return Problem(line, (Fault("", "", message),), cells)


def as_json(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Return what is wrong for storing and sending."""
    return [{"column": f.column, "value": f.value.replace("\x00", "")[:SHOWN], "message": f.message} for f in faults]


def told(faults: Iterable[Mapping[str, str]]) -> str:
    """Return all that is wrong in a row as one text."""
    return " ".join(_told(fault["column"], fault["value"], fault["message"]) for fault in faults)


def _told(column: str, value: str, message: str) -> str:
    if not column:
        return message
    return f"{column}: {message}" if not value or value in message else f"{column} “{value}”: {message}"


def listed(problem: Problem) -> dict[str, Any]:
    """Return a problem as dry runs and simple calls list it: `column` and `message` are those of the first fault."""
    first = problem.faults[0]
    faults = as_json(problem.faults)
    return {"line": problem.line, "column": first.column, "message": first.message, "faults": faults}


def about_rows(headers: Sequence[str]) -> set[int]:
    """Return which columns, wherever they stand by now, came with a file of rows that were left out."""
    found = {index for index, header in enumerate(headers) if header in ABOUT_ROWS}
    return found | {at + 1 for at in found if headers[at] == ABOUT_ROWS[0] and headers[at + 1 : at + 2] == [_BEFORE]}
