"""A file as a stream of rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from fairlead.records.imports.reading import workbook
from fairlead.records.imports.reading.encoding import detect_encoding
from fairlead.records.imports.reading.header import find_header
from fairlead.records.imports.reading.layout import DELIMITERS, Layout, UnreadableFile
from fairlead.records.imports.reading.rows import Row, RowProblem, lines_of, tokenize

SAMPLE = 60


class Source:
    """A readable table: `path` is the stored file, `layout` how it is read. Rows stream; nothing is kept."""

    def __init__(self, path: Path, layout: Layout) -> None:
        self._text = path
        self.layout = layout
        if layout.sheet or workbook.is_workbook(path):
            self._text = path.with_name(f"{path.name}.{layout.sheet.encode().hex()[:80]}.csv")
            if not self._text.exists():
                workbook.spool(path, layout.sheet, self._text)
            self.layout = Layout("utf-8-sig", ",", layout.header_row, layout.sheet)

    def records(self) -> Iterator[Row | RowProblem]:
        """Yield every record of the file, title rows and header included."""
        # Bytes that the encoding lacks become U+FFFD: visible in the preview, never an error half way through.
        with self._text.open(encoding=self.layout.encoding, errors="replace", newline="") as stream:
            yield from tokenize(lines_of(stream), self.layout.delimiter)

    def header(self) -> list[str]:
        """Return the names of the columns, made up where the file gives none."""
        rows = [r.cells for r in islice(self.records(), SAMPLE) if isinstance(r, Row)]
        width = max((len(r) for r in rows), default=0)
        named: Sequence[str] = ()
        if self.layout.header_row is not None:
            found = next(islice(self.records(), self.layout.header_row, None), None)
            named = found.cells if found is not None else ()
            width = len(named)
        names = [name.strip() for name in named] + [""] * (width - len(named))
        return [name or f"Column {index + 1}" for index, name in enumerate(names)]

    def rows(self) -> Iterator[Row | RowProblem]:
        """Yield the records below the header that are not blank."""
        start = 0 if self.layout.header_row is None else self.layout.header_row + 1
        for record in islice(self.records(), start, None):
            if isinstance(record, RowProblem) or any(map(str.strip, record.cells)):
                yield record

    def estimate(self) -> int:
        """Return about how many rows there are, from the line ends: quick, for showing progress."""
        with self._text.open("rb") as stream:
            ends = sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
        above = 0 if self.layout.header_row is None else self.layout.header_row + 1
        return max(1, ends - above)

    def sample(self, size: int = SAMPLE) -> list[Row]:
        """Return the first readable rows below the header."""
        return list(islice((r for r in self.rows() if isinstance(r, Row)), size))


def detect(path: Path) -> Layout:
    """Return the most likely layout of the file; raise `UnreadableFile` for an empty or binary one."""
    if path.stat().st_size == 0:
        raise UnreadableFile("The file is empty.")
    if workbook.is_workbook(path):
        workbook.refuse_bomb(path)
        layout = Layout("utf-8-sig", ",", 0, workbook.fullest(path))
    else:
        encoding = detect_encoding(path)
        _refuse_binary(path, encoding)
        layout = Layout(encoding, _delimiter(path, encoding), 0, "")
    rows = [r.cells for r in islice(Source(path, layout).records(), SAMPLE) if isinstance(r, Row)]
    if not any(any(map(str.strip, cells)) for cells in rows):
        raise UnreadableFile("The file holds no rows.")
    return Layout(layout.encoding, layout.delimiter, find_header(rows), layout.sheet)


def sheet_names(path: Path) -> list[str]:
    """Return the worksheets of a workbook, none for a text file."""
    return workbook.sheets(path) if workbook.is_workbook(path) else []


def _delimiter(path: Path, encoding: str) -> str:
    """Return the delimiter that cuts the first rows into the most columns, most evenly."""
    scores: dict[str, tuple[float, int]] = {}
    for delimiter in DELIMITERS:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            records = list(islice(tokenize(lines_of(stream), delimiter), SAMPLE))
        widths = Counter(len(r.cells) for r in records if isinstance(r, Row) and len(r.cells) > 1)
        width, times = max(widths.items(), key=lambda item: item[0] * item[1], default=(1, 0))
        scores[delimiter] = (times / max(1, len(records)) * (width - 1), width)
    return max(DELIMITERS, key=lambda d: scores[d])


def _refuse_binary(path: Path, encoding: str) -> None:
    with path.open("rb") as stream:
        head = stream.read(4096)
    printed = head.startswith((b"%PDF-", b"{\\rtf"))  # begins as text, and is no table
    if printed or (not encoding.startswith("utf-16") and sum(b < 9 or 13 < b < 32 for b in head) > len(head) // 20):
        raise UnreadableFile("This is neither a text file nor a workbook.")
