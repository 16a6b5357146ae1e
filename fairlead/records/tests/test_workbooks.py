"""Workbooks that would fill the memory: refused before anything of them is read."""

import io
import shutil
import struct
import zipfile
from pathlib import Path

import pytest

from fairlead.records.imports.reading import workbook
from fairlead.records.imports.reading.layout import UnreadableFile
from fairlead.records.imports.reading.source import detect

DATA = Path(__file__).parents[3] / "tests" / "data"
MUCH = b"<c><v>1</v></c>" * 200_000


def archive(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", content)
    return out.getvalue()


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "UNPACKED", 1_000_000)
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(archive(MUCH))
    assert file.stat().st_size < 20_000
    with pytest.raises(UnreadableFile, match="too large once it is unpacked"):
        detect(file)


def test_one_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "liar.xlsx"
    file.write_bytes(archive(MUCH).replace(struct.pack("<I", len(MUCH)), struct.pack("<I", 1_000)))
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        detect(file)


def test_cells_that_lie_too_far_apart_end_no_process_of_ours(tmp_path: Path) -> None:
    """Between the corners of a worksheet is room for 17 billion cells; the file has a kilobyte."""
    file = tmp_path / "far.xlsx"
    shutil.copy(DATA / "contacts.xlsx", file)
    with zipfile.ZipFile(file) as read:
        parts = {name: read.read(name) for name in read.namelist()}
    sheet = min(name for name in parts if name.startswith("xl/worksheets/sheet"))
    corners = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    before, _, rest = parts[sheet].partition(b"<sheetData>")
    parts[sheet] = before + b"<sheetData>" + corners + b"</sheetData>" + rest.partition(b"</sheetData>")[2]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    with pytest.raises(UnreadableFile, match="too far apart"):
        detect(file)


def test_a_name_that_no_worksheet_has_is_told(tmp_path: Path) -> None:
    file = Path(shutil.copy(DATA / "contacts.xlsx", tmp_path))
    for name in ("Nothing", "\x00", "x" * 200_000):
        with pytest.raises(UnreadableFile):
            workbook.spool(file, name, tmp_path / "spooled.csv")
    assert list(tmp_path.iterdir()) == [file]


def test_an_honest_one_is_read(tmp_path: Path) -> None:
    assert detect(Path(shutil.copy(DATA / "contacts.xlsx", tmp_path))).sheet
