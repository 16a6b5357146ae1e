"""What an export holds: its columns, its rows in chunks, and the file written from them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.spreadsheets import safe_cell
from fairlead.records import columns, lists
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.exports.cells import Cell, cell
from fairlead.records.listing import Listing
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, firm_context

CHUNK = 1000
MAX_XLSX = 1_048_575  # rows of a sheet below its header
Rows = list[list[Cell]]


@dataclass(frozen=True)
class Content:
    """The records of one noun that an actor exports, as `ids` or by criteria and quick search, in `sort` order."""

    noun: Noun
    actor: Actor
    keys: Sequence[str]
    ids: Sequence[UUID] | None = None
    criteria: Any = None
    query: str = ""
    sort: str = ""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the words of criteria, with the firm's own fields."""
        return Vocabulary(self.noun)

    @cached_property
    def columns(self) -> list[columns.Offered]:
        """Return the columns; raise `InvalidInput` for one that is not offered."""
        offered = {c.key: c for c in columns.offered(self.noun, self.vocabulary.custom(self.noun))}
        keys = list(dict.fromkeys(self.keys)) or [k for k in self.noun.default_columns if k in offered]
        unknown = [key for key in keys if key not in offered or not _exportable(offered[key])]
        if unknown:
            raise InvalidInput({"columns": [f"There is no column {unknown[0][:80]!r} to export."]})
        return [offered[key] for key in keys]

    def ready(self) -> Self:
        """Return the content with its columns and order checked, so that what is wrong shows before the first row."""
        self.listing.order()
        self.listing.rows()
        assert self.columns
        return self

    @property
    def header(self) -> list[str]:
        """Return the names of the columns."""
        return ["Record id", *(c.label for c in self.columns)]

    @property
    def listing(self) -> Listing:
        """Return the list that is exported."""
        return Listing(self.noun, self.actor, self.criteria, self.query, self.sort, vocabulary=self.vocabulary)

    def count(self) -> int:
        """Return how many records there are now."""
        return int(self._rows().count())

    def chunks(self) -> Iterator[Rows]:
        """Yield the cells of a thousand records at a time, each chunk in a transaction of its own.

        A stream is read after the request's transaction: it enters the firm by itself.
        """
        at = None
        with firm_context(self.actor.firm_id):
            by = self.listing.order()
            values = columns.Values(self.noun, self.columns, self.actor, lambda noun, pk: "")
        while True:
            with firm_context(self.actor.firm_id):
                cut, records = lists.page(self.noun, self._rows(), by, at, CHUNK, values.names)
                rows: Rows = [
                    [str(r["id"]), *map(cell, row)] for r, row in zip(records, values.rows(records), strict=True)
                ]
            yield rows
            at = cut.next
            if at is None:
                return

    def _rows(self) -> Any:
        rows = self.listing.rows()
        return rows if self.ids is None else rows.filter(pk__in=self.ids)


def _exportable(column: columns.Offered) -> bool:
    return column.field is None or column.field.exportable


def csv_parts(content: Content) -> Iterator[bytes]:
    """Yield a CSV file (RFC 4180, UTF-8 with a byte order mark, which spreadsheets want) chunk by chunk."""
    yield "\ufeff".encode() + _csv([list(content.header)])
    for rows in content.chunks():
        yield _csv(rows)


def _csv(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[safe_cell(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8")


def write_csv(content: Content, path: Path, *, after: Any) -> None:
    """Write the CSV file; `after(rows so far)` is called behind each chunk and may raise to stop."""
    done = 0
    with path.open("wb") as file:
        file.write("\ufeff".encode() + _csv([list(content.header)]))
        for rows in content.chunks():
            file.write(_csv(rows))
            done += len(rows)
            after(done)


def write_xlsx(content: Content, path: Path, *, after: Any) -> None:
    """Write the workbook in constant memory; every text is a text cell, so nothing in it is a formula."""
    import xlsxwriter  # slow to load, and no page needs it

    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(content.noun.label_plural)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, content.header, book.add_format({"bold": True}))
    done = 0
    for rows in content.chunks():
        if done + len(rows) > MAX_XLSX:
            raise InvalidInput("A sheet holds 1,048,575 records. Take CSV, or export fewer.")
        for row in rows:
            done += 1
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(done, column, value[:32_767])
                elif value is not None:
                    sheet.write_number(done, column, value)
        after(done)
    book.close()
