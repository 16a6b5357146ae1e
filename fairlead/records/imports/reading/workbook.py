"""Workbooks (XLSX, XLS, ODS): read once into a spooled CSV, so that a million rows never lie in memory twice."""

import csv
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine as calamine

from fairlead.records.imports.reading.layout import UnreadableFile

UNPACKED = 1024**3  # bytes; what is larger is no workbook that people made, or better brought as CSV


def is_workbook(path: Path) -> bool:
    """Tell whether the file is a workbook, by its first bytes: a zip archive or an OLE compound file."""
    with path.open("rb") as stream:
        head = stream.read(8)
    return head.startswith(b"PK\x03\x04") or head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refuse_bomb(path: Path) -> None:
    """Raise `UnreadableFile` for an archive that grows beyond measure: a worksheet is read into memory as a whole."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED:
                raise UnreadableFile("The workbook is too large once it is unpacked. Save it as CSV, and bring that.")
            for member in archive.infolist():  # its directory may lie: what is more than it says fails the checksum
                with archive.open(member) as stream:
                    while stream.read(1 << 20):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(f"The workbook cannot be opened: {error}") from None


def sheets(path: Path) -> list[str]:
    """Return the names of the worksheets; raise `UnreadableFile`."""
    return [str(name) for name in _open(path).sheet_names]


def spool(path: Path, sheet: str, target: Path) -> int:
    """Write `sheet` (the fullest one when empty) to `target` as UTF-8 CSV and return the number of rows."""
    book = _open(path)
    try:
        name = sheet or _fullest(book)
        rows = book.get_sheet_by_name(name).iter_rows()
        count = 0
        partial = target.with_suffix(".partial")
        with partial.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            for row in rows:
                writer.writerow([as_text(value) for value in row])
                count += 1
        partial.rename(target)
        return count
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        raise UnreadableFile(f"The worksheet cannot be read: {error}") from None


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


def fullest(path: Path) -> str:
    """Return the name of the worksheet with the most rows."""
    return _fullest(_open(path))


def _fullest(book: calamine.CalamineWorkbook) -> str:
    if not book.sheet_names:
        raise UnreadableFile("The workbook has no worksheet.")
    return str(max(book.sheet_names, key=lambda name: book.get_sheet_by_name(name).height))


def _open(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(str(path))
    except (calamine.CalamineError, OSError) as error:
        raise UnreadableFile(f"The workbook cannot be opened: {error}") from None
