"""Finding the header among title rows, blanks and data."""

import re
from collections import Counter
from collections.abc import Sequence

from fairlead.records.imports.problems import ABOUT_ROWS

_VALUE = re.compile(r"^[\s+(-]*\d[\d\s.,:/()+T-]*$|^[^@\s]+@[^@\s]+\.[^@\s]+$|^(?:true|false)$", re.IGNORECASE)


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the header row, None when the file starts with data right away.

    The header is the first row that is about as wide as the table and holds no value: no number, date, address. That
    of a file of rows that were left out is known by its words, as the rows may be as wide as they like.
    """
    if rows and ABOUT_ROWS[0] in rows[0]:
        return 0
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    widths = Counter(len(_trimmed(row)) for row in rows if _trimmed(row))
    if not widths:
        return 0
    usual = max(widths, key=lambda width: (widths[width] * width, width))
    for index, row in enumerate(rows):
        if filled[index] >= max(1, 0.6 * usual) and len(_trimmed(row)) >= min(usual, 2):
            return None if _holds_values(row) else index
    return 0


def _trimmed(row: Sequence[str]) -> list[str]:
    cells = list(row)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _holds_values(row: Sequence[str]) -> bool:
    return any(_VALUE.match(cell.strip()) for cell in row if cell.strip())
