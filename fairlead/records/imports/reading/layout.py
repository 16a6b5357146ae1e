"""How a file is to be read: detected, shown to the user, and changeable by them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-15", "cp1250", "cp1251", "shift_jis")


class UnreadableFile(ValueError):
    """The file cannot be read as a table; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of a delimited text or a workbook.

    `header_row` counts records from 0 (title rows stand above it); None means that the file has no header.
    `sheet` names the worksheet of a workbook and is empty for text files.
    """

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    header_row: int | None = 0
    sheet: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the layout for storing."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the stored or sent layout; raise `UnreadableFile` for values that make no sense."""
        encoding, delimiter = str(data.get("encoding", "utf-8-sig")), str(data.get("delimiter", ","))
        if encoding not in ENCODINGS:
            raise UnreadableFile(f"The encoding {encoding[:30]!r} is not offered.")
        if delimiter not in DELIMITERS:
            raise UnreadableFile("The delimiter must be a comma, a semicolon, a tab or a vertical bar.")
        header = data.get("header_row", 0)
        if header is not None and not (isinstance(header, int) and 0 <= header < 1000):
            raise UnreadableFile("The header must be one of the first 1,000 rows.")
        return cls(encoding, delimiter, header, str(data.get("sheet", "")))
