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


def test_an_honest_one_is_read(tmp_path: Path) -> None:
    assert detect(Path(shutil.copy(DATA / "contacts.xlsx", tmp_path))).sheet
