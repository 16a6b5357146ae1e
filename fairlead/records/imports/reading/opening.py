"""What opens a workbook: a program of its own, that is asked by standard input, in JSON: what, path, and what it needs.

A worksheet is read into memory with all that lies between its cells: two of them at its far corners, in a file of a
kilobyte, are half a terabyte, and the library ends its process over that. So it is a process that may end, within
limits, and prints its answer as JSON: {"found": …}, or {"refused": "why"}.
"""

import csv
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine

from fairlead.records.imports.reading.layout import UnreadableFile

LEAST, MOST = 1024**3, 4 * 1024**3  # bytes of memory: half of the machine's, within these
WRITTEN = 2 * 1024**3  # bytes of the spooled file
SECONDS = 240


def main() -> int:
    """Answer what was asked."""
    asked, path, *rest = json.load(sys.stdin)
    limit()
    try:
        answer: dict[str, Any] = {"found": ASKED[asked](Path(path), *rest)}
    except UnreadableFile as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))
    return 0


def limit() -> None:
    """Limit this process in memory, processor time and what it writes, as far as the system knows how."""
    memory = min(MOST, max(LEAST, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2))
    for kind, most in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", WRITTEN), ("RLIMIT_CPU", SECONDS), ("RLIMIT_CORE", 0)):
        number = getattr(resource, kind)
        hard = resource.getrlimit(number)[1]
        try:
            resource.setrlimit(number, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (OSError, ValueError):  # macOS knows no limit of memory
            continue


def sheets(path: Path) -> list[str]:
    """Return the names of the worksheets."""
    return [str(name) for name in _open(path).sheet_names]


def fullest(path: Path) -> str:
    """Return the name of the worksheet with the most rows."""
    return _fullest(_open(path))


def spool(path: Path, sheet: str, target: str) -> int:
    """Write `sheet` (the fullest one when empty) to `target` as UTF-8 CSV and return the number of rows."""
    book = _open(path)
    count = 0
    try:
        with Path(target).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            for row in book.get_sheet_by_name(sheet or _fullest(book)).iter_rows():
                writer.writerow([as_text(value) for value in row])
                count += 1
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise UnreadableFile(f"The worksheet cannot be read: {error}") from None
    return count


def as_text(value: Any) -> str:
    """Return a cell as text: whole numbers without exponent or point, dates in ISO 8601, booleans as words."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""


def _fullest(book: calamine.CalamineWorkbook) -> str:
    if not book.sheet_names:
        raise UnreadableFile("The workbook has no worksheet.")
    return str(max(book.sheet_names, key=lambda name: book.get_sheet_by_name(name).height))


def _open(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except (calamine.CalamineError, OSError) as error:
        raise UnreadableFile(f"The workbook cannot be opened: {error}") from None


ASKED: Mapping[str, Callable[..., Any]] = {"sheets": sheets, "fullest": fullest, "spool": spool}

if __name__ == "__main__":
    sys.exit(main())
