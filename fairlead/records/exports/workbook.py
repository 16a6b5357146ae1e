"""A workbook ("xlsx") of one sheet, in constant memory: its rows go to disk as they come, and then the file is read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from tempfile import NamedTemporaryFile
from typing import Any

from fairlead.records.exports.cells import Cell

MAX_ROWS = 1_048_575  # rows of a sheet below its header
MAX_TEXT = 32_767
BLOCK = 1 << 18
# Every text is a text cell, so nothing in it is a formula.
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def parts(title: str, header: Sequence[str], chunks: Iterable[Sequence[Sequence[Cell]]]) -> Iterator[bytes]:
    """Yield a workbook with a bold, frozen header. The first part comes when the last row has been read."""
    import xlsxwriter  # slow to load, and no page needs it

    with NamedTemporaryFile(suffix=".xlsx") as file:
        with xlsxwriter.Workbook(file.name, OPTIONS) as book:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, header, book.add_format({"bold": True}))
            _write(sheet, (row for rows in chunks for row in rows))
        while block := file.read(BLOCK):
            yield block


def _write(sheet: Any, rows: Iterable[Sequence[Cell]]) -> None:
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, value[:MAX_TEXT])
            elif value is not None:
                sheet.write_number(at, column, value)
