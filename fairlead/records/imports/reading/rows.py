"""A tokenizer for delimited text (RFC 4180 and its relatives) that survives a quote nobody closed.

The standard library's reader does the work; this module feeds it line by line, remembers the lines of the record
under way, and when a quote never closes reports the line where it opened and goes on with the line below.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO

FIELD_LIMIT = 131_072  # characters: above it a quote was certainly left open
LINE_LIMIT = 32 * FIELD_LIMIT  # characters: what is beyond is not read, for a line may be as long as the file
_UNCLOSED = "A quote that opens in this line is never closed."
_TOO_LONG = f"A cell of this line has more than {FIELD_LIMIT:,} characters."


class Row(NamedTuple):
    """One record: the line its first character stands on (from 1) and its cells."""

    line: int
    cells: list[str]


class RowProblem(NamedTuple):
    """A record that cannot be read: its line, what is wrong, and its text as far as it is known."""

    line: int
    message: str
    cells: list[str]


class _Feed:
    """Lines with memory: knows the lines that belong to the record under way, and takes lines back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        if "\x00" in line:
            line = line.replace("\x00", "")
        self.number += 1
        self.record.append(line)
        return line

    def keep_first_line(self) -> str:
        """Give back all lines of the record but its first, which is returned."""
        first, *rest = self.record
        self._again.extend(reversed(rest))
        self.number -= len(rest)
        self.record = []
        return first


def lines_of(stream: TextIO) -> Iterator[str]:
    """Yield the lines of a text, each with its end, at most `LINE_LIMIT` characters of each."""
    while line := stream.readline(LINE_LIMIT):
        rest = line
        while len(rest) == LINE_LIMIT and not rest.endswith(("\n", "\r")):
            rest = stream.readline(LINE_LIMIT)
        yield line if rest is line else f"{line}\n"


def tokenize(lines: Iterable[str], delimiter: str) -> Iterator[Row | RowProblem]:
    """Yield the records of `lines` (each with its line end), and a problem for each that cannot be read.

    Blank lines yield a row without cells.
    """
    feed = _Feed(iter(lines))
    while True:
        csv.field_size_limit(FIELD_LIMIT)
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                line = feed.number - len(feed.record) + 1
                feed.record.clear()
                yield Row(line, cells)
            return
        except csv.Error:
            yield _recover(feed, delimiter)


def _recover(feed: _Feed, delimiter: str) -> Row | RowProblem:
    """Make sense of the record under way: lenient when it is one line, else its quote was never closed."""
    first_line = feed.number - len(feed.record) + 1
    text = feed.keep_first_line()
    if not _quotes_balance(text, delimiter):
        return RowProblem(first_line, _UNCLOSED, [text.rstrip("\r\n")])
    try:
        return Row(first_line, next(csv.reader([text], delimiter=delimiter), []))
    except csv.Error:
        return RowProblem(first_line, _TOO_LONG, [text.rstrip("\r\n")])


def _quotes_balance(text: str, delimiter: str) -> bool:
    """Tell whether every quoted cell of the line ends in the line (`"abc"def,` does, if clumsily)."""
    rest = text.rstrip("\r\n")
    closed = re.compile(rf'"(?:[^"]|"")*+"[^"{re.escape(delimiter)}]*(?:{re.escape(delimiter)}|$)')
    plain = re.compile(rf'(?!")[^{re.escape(delimiter)}]*(?:{re.escape(delimiter)}|$)')
    position = 0
    while position < len(rest):
        match = (closed if rest[position] == '"' else plain).match(rest, position)
        if match is None or match.end() == position:
            return False
        position = match.end()
    return True
