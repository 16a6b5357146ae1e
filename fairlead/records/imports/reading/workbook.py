"""Workbooks (XLSX, XLS, ODS): read once into a spooled CSV, by a process of its own (`opening`)."""

import json
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import structlog

from fairlead.records.imports.reading.layout import UnreadableFile

UNPACKED = 1024**3  # bytes; what is larger is no workbook that people made, or better brought as CSV
TOO_MUCH = (
    "The workbook cannot be read: its cells lie too far apart, or there are too many of them. Save it as CSV, and bring"
    " that."
)
log = structlog.get_logger("fairlead.imports")


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
    return [str(name) for name in _asked(path, "sheets")]


def fullest(path: Path) -> str:
    """Return the name of the worksheet with the most rows; raise `UnreadableFile`."""
    return str(_asked(path, "fullest"))


def spool(path: Path, sheet: str, target: Path) -> int:
    """Write `sheet` (the fullest one when empty) to `target` as UTF-8 CSV and return the number of rows.

    Raises `UnreadableFile`.
    """
    partial = target.with_suffix(".partial")
    try:
        count = int(_asked(path, "spool", sheet, str(partial)))
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    return count


def _asked(path: Path, what: str, *more: str) -> Any:
    """Return what the process that opens workbooks answers; when it ends without, the workbook is to blame."""
    command = [sys.executable, "-m", "fairlead.records.imports.reading.opening"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    question = json.dumps([what, str(path), *more]).encode()
    done = subprocess.run(command, input=question, env=environment, capture_output=True, check=False)  # noqa: S603
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        log.warning("a workbook was too much", exit_code=done.returncode, said=done.stderr[-300:].decode("latin-1"))
        raise UnreadableFile(TOO_MUCH) from None
    if "refused" in answer:
        raise UnreadableFile(answer["refused"])
    return answer["found"]
