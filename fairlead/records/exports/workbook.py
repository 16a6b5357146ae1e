"""A workbook (ECMA-376, "xlsx") of one sheet, made row by row: it streams, and takes no memory however long it is.

Every text is an inline string, so nothing in it can be a formula.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import RawIOBase
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fairlead.records.exports.cells import Cell

MAX_ROWS = 1_048_575  # rows of a sheet below its header
MAX_TEXT = 32_767
# What XML 1.0 cannot hold; and text that looks like the way in which ECMA-376 (22.9.2.19) writes such characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>',
}
_SHEET = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)


class _Pipe(RawIOBase):
    """Where the archive writes, and the stream takes from; it cannot seek, as a socket cannot."""

    def __init__(self) -> None:
        self.held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.held.append(bytes(data))  # type: ignore[call-overload]
        return len(self.held[-1])

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        found, self.held = b"".join(self.held), []
        return found


def parts(title: str, header: Sequence[str], chunks: Iterable[Sequence[Sequence[Cell]]]) -> Iterator[bytes]:
    """Yield a workbook with a bold, frozen header, chunk by chunk of rows."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(ZipInfo(name), _HEAD + text, ZIP_DEFLATED)
        archive.writestr(ZipInfo("xl/workbook.xml"), _workbook(title), ZIP_DEFLATED)
        sheet = ZipInfo("xl/worksheets/sheet1.xml")
        sheet.compress_type = ZIP_DEFLATED
        with archive.open(sheet, "w", force_zip64=True) as out:
            out.write(_SHEET.encode())
            _write(out, [header], style=' s="1"')
            for rows in chunks:
                _write(out, rows)
                yield pipe.taken()
            out.write(b"</sheetData></worksheet>")
    yield pipe.taken()


def _workbook(title: str) -> str:
    name = escape(re.sub(r"[\[\]:*?/\\']", " ", title)[:31], {'"': "&quot;"})
    sheets = f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>'


def _write(out: IO[bytes], rows: Iterable[Sequence[Cell]], *, style: str = "") -> None:
    text = "".join(f"<row>{''.join(_cell(value, style) for value in row)}</row>" for row in rows)
    out.write(text.encode())


def _cell(value: Cell, style: str) -> str:
    if value is None or value == "":
        return "<c/>"
    if not isinstance(value, str):
        return f"<c{style}><v>{value!r}</v></c>"
    return f'<c{style} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'


def _text(value: str) -> str:
    kept = _ESCAPED.sub("_x005F_", value[:MAX_TEXT])
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", kept)).replace("\r", "_x000D_")
