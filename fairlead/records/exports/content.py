"""What an export holds: its columns, its rows in chunks, and the file written from them."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.spreadsheets import safe_cell
from fairlead.records import columns, lists
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.exports import workbook
from fairlead.records.exports.cells import Cell, cell
from fairlead.records.listing import Listing
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, firm_context

CHUNK = 1000
TOO_LONG = "A sheet holds 1,048,575 records. Take CSV, or export fewer."
Rows = list[list[Cell]]
After = Callable[[int], object]


def _go_on(done: int) -> None:
    """Go on whatever is done."""


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
        at, several = None, [c.several for c in self.columns]
        with firm_context(self.actor.firm_id):
            by = self.listing.order()
            values = columns.Values(self.noun, self.columns, self.actor, lambda noun, pk: "", for_file=True)
        while True:
            with firm_context(self.actor.firm_id):
                cut, records = lists.page(self.noun, self._rows(), by, at, CHUNK, values.names)
                rows: Rows = [
                    [str(r["id"]), *(cell(v, several=many) for v, many in zip(row, several, strict=True))]
                    for r, row in zip(records, values.rows(records), strict=True)
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


def csv_parts(content: Content, after: After = _go_on) -> Iterator[bytes]:
    """Yield a CSV file (RFC 4180, UTF-8 with a byte order mark, which spreadsheets want) chunk by chunk."""
    yield "\ufeff".encode() + _csv([list(content.header)])
    for rows in _counted(content.chunks(), after):
        yield _csv(rows)


def _csv(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[safe_cell(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8")


def xlsx_parts(content: Content, after: After = _go_on) -> Iterator[bytes]:
    """Yield a workbook; raise `InvalidInput` for more than a sheet holds."""
    yield from workbook.parts(content.noun.label_plural, content.header, _counted(_fitting(content.chunks()), after))


def _fitting(chunks: Iterable[Rows]) -> Iterator[Rows]:
    done = 0
    for rows in chunks:
        done += len(rows)
        if done > workbook.MAX_ROWS:
            raise InvalidInput(TOO_LONG)
        yield rows


def _counted(chunks: Iterable[Rows], after: After) -> Iterator[Rows]:
    done = 0
    for rows in chunks:
        yield rows
        done += len(rows)
        after(done)


PARTS: dict[str, Callable[..., Iterator[bytes]]] = {"csv": csv_parts, "xlsx": xlsx_parts}


def write(content: Content, format: str, path: Path, *, after: After) -> None:
    """Write the file, "csv" or "xlsx"; `after(rows so far)` is called behind each chunk and may raise to stop."""
    with path.open("wb") as file:
        for part in PARTS[format](content, after):
            file.write(part)
