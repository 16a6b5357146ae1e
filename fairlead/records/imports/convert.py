"""From cells to values: whole columns at a time, each distinct cell once."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from fairlead.kernel import money
from fairlead.kernel.spreadsheets import SEPARATORS, separated, text_of
from fairlead.kernel.text import fold, squeeze
from fairlead.records import cleaning
from fairlead.records.custom import Home, clean_value
from fairlead.records.custom.keys import keys, money_key
from fairlead.records.fields import Field, FieldType
from fairlead.records.imports import formats
from fairlead.records.imports.columns import Column, Target
from fairlead.records.imports.problems import Fault, Problem, whole_row
from fairlead.records.imports.reading import Row, RowProblem
from fairlead.records.models import CustomField

Parse = Callable[[str], Any]  # of a cell as `typed`
CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
CACHE = 20_000  # distinct cells remembered a column
_EDGES = " \r\n\x0b\x0c\u00a0\ufeff"
_PLAIN_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
_JSON = json.JSONEncoder(ensure_ascii=False)  # `dumps` makes one for every value
_BREAKS = re.compile(r"[\r\n]+")
_YES = ("true", "yes", "ja", "oui", "si", "1", "x", "y", "wahr", "vrai", "on", "verdadero")
_NO = ("false", "no", "nein", "non", "0", "n", "falsch", "faux", "off", "falso")
_WORDS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)


class CustomValue(NamedTuple):
    """A custom value ready to be stored: the value, its JSON, and its index keys."""

    value: Any
    json: str
    keys: tuple[str, ...]


@dataclass(slots=True)
class Batch:
    """The good rows of a chunk, column by column; `size` rows, empty cells as None.

    `refused` are the rows that hold what cannot be read, those cells as None.
    """

    number: int
    rows_read: int
    lines: list[int] = field(default_factory=list)
    cells: list[Sequence[str]] = field(default_factory=list)
    columns: list[tuple[Column, list[Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: "Batch | None" = None

    @property
    def size(self) -> int:
        """Return the number of good rows."""
        return len(self.lines)

    def of(self, target: str) -> list[tuple[Column, list[Any]]]:
        """Return the columns that are written to `target`."""
        return [(c, v) for c, v in self.columns if c.target == target]


class Converter:
    """Turns raw chunks into batches. One for a run: what a cell means is worked out once."""

    def __init__(self, header: Sequence[str], columns: Sequence[Column], parsers: Mapping[int, Parse]) -> None:
        self._header = header
        self._columns = [c for c in columns if c.target is not None and c.index in parsers]
        self._parsers = parsers
        self._known: dict[int, dict[str, Any]] = {c.index: {"": None} for c in self._columns}

    def batch(self, number: int, records: Sequence[Row | RowProblem]) -> Batch:
        """Return the chunk's values and the rows that cannot be used."""
        batch = Batch(number, len(records))
        width = len(self._header)
        for record in records:
            if isinstance(record, Row):
                cells = record.cells
                if len(cells) != width and not (cells := self._fitted(record, width, batch)):
                    continue
                batch.lines.append(record.line)
                batch.cells.append(cells)
            else:
                batch.problems.append(whole_row(record.line, record.message, record.cells))
        bad: dict[int, list[Fault]] = {}
        by_column = list(zip(*batch.cells, strict=True)) if batch.cells else [()] * width
        for column in self._columns:
            batch.columns.append((column, self._values(column, by_column[column.index], bad)))
        if bad:
            leave_out(batch, bad)
        return batch

    def _fitted(self, record: Row, width: int, batch: Batch) -> list[str]:
        """Return the cells in the header's width: missing ones are empty, filled ones too many are a problem."""
        if any(cell.strip() for cell in record.cells[width:]):
            message = f"The row has {len(record.cells)} cells, the header {width}."
            batch.problems.append(whole_row(record.line, message, record.cells))
            return []
        return record.cells[:width] + [""] * (width - len(record.cells))

    def _values(self, column: Column, texts: Sequence[str], bad: dict[int, list[Fault]]) -> list[Any]:
        known = self._known[column.index]
        try:
            return [known[text] for text in texts]
        except KeyError:
            pass
        if len(known) > CACHE:
            known.clear()
            known[""] = None
        parse, values = self._parsers[column.index], []
        for index, text in enumerate(texts):
            if text in known:
                values.append(known[text])
                continue
            try:
                plain = typed(text)
                value = parse(plain) if plain else None
            except ValueError as error:
                bad.setdefault(index, []).append(Fault(column.header, text.strip(), str(error)))
                values.append(None)
                continue
            known[text] = value
            values.append(value)
        return values


def leave_out(batch: Batch, bad: Mapping[int, Sequence[Fault]]) -> None:
    """Take rows out of the batch, report them, and keep the rest of their values for whoever finds more wrong."""
    wrong, good = sorted(bad), [i for i in range(batch.size) if i not in bad]
    batch.problems.extend(Problem(batch.lines[i], tuple(bad[i]), batch.cells[i]) for i in wrong)
    batch.refused = _only(batch, wrong)
    kept = _only(batch, good)
    batch.lines, batch.cells, batch.columns = kept.lines, kept.cells, kept.columns


def _only(batch: Batch, rows: Sequence[int]) -> Batch:
    """Return some rows of a batch."""
    columns = [(column, [values[i] for i in rows]) for column, values in batch.columns]
    return Batch(batch.number, len(rows), [batch.lines[i] for i in rows], [batch.cells[i] for i in rows], columns)


def typed(text: str) -> str:
    """Return a cell as it was typed, without the blanks around it; what a formula begins with stays.

    The apostrophe that our own exports put before a formula is taken off again.
    """
    return text_of(text.strip(_EDGES))


def several(column: Column, text: str) -> tuple[str, ...]:
    """Return the names in a cell, each once: what separates them is the column's own, or any of the usual."""
    parts = separated(text, (column.split,) if column.split else SEPARATORS)
    return tuple(dict.fromkeys(name for part in parts if (name := squeeze(part)[:80])))


def line(text: str) -> str:
    """Return a text as a single line."""
    value = text if text.isprintable() else _BREAKS.sub(" ", text)
    return value if len(value) <= cleaning.SHORT else _too_long()


def boolean(text: str) -> bool:
    """Return yes or no in five languages; raise ValueError."""
    found = _WORDS.get(fold(text))
    if found is None:
        raise ValueError(f"“{text.strip()[:40]}” is neither yes nor no.")
    return found


def standard(column: Column, target: Target, zone: str) -> Parse:
    """Return how a cell of a standard field is read."""
    read, settle = _of_type(column, target, zone), target.settle
    return (lambda text: settle(read(text))) if settle else read


def _of_type(column: Column, target: Target, zone: str) -> Parse:
    kind = target.type
    bare = Field(target.name, target.label, kind, bounds=target.bounds)
    if kind in (FieldType.TEXT, FieldType.PHONE, FieldType.COMPANY, FieldType.MEMBER):
        return line
    if kind is FieldType.LONG_TEXT:
        return lambda text: cleaning.clean(bare, text)
    if kind is FieldType.RECURRING_DATE:
        return lambda text: formats.parse_recurring(text, column.dates)
    if kind is FieldType.DATETIME:
        place = ZoneInfo(zone)
        return lambda text: formats.parse_moment(text, column.dates, place)
    if kind is FieldType.BOOLEAN:
        return boolean
    if kind is FieldType.NUMBER:
        return lambda text: cleaning.clean(bare, formats.parse_number(text, column.decimal))
    if kind is FieldType.CHOICE:
        return choice(target)
    return lambda text: cleaning.clean(bare, text)


def custom(column: Column, made: CustomField, home: Home) -> Parse:
    """Return how a cell of a custom field is read: a `CustomValue`."""
    raw = _RAW.get(made.type)
    kind = made.type
    chosen = {o.label.casefold(): o.value for o in made.choices} if kind in CHOICES else {}
    if kind is FieldType.MONEY and not made.rules:
        return _money(column, home.currency)

    def parse(text: str) -> CustomValue | None:
        given = raw(column, text, home) if raw else line(text)
        if chosen:
            given = _by_label(chosen, given)
        value = clean_value(made, given, home=home)
        if value is None:
            return None
        return CustomValue(value, as_json(value), tuple(keys(kind, value)))

    return parse


def _by_label(chosen: Mapping[str, str], given: str | list[str]) -> str | list[str]:
    """Return the options that are called so: a file holds labels, and another option may have a label as its value."""
    if isinstance(given, str):
        return chosen.get(given.casefold(), given)
    return [chosen.get(word.casefold(), word) for word in given]


def as_json(value: Any) -> str:
    """Return the value as JSON text."""
    return _JSON.encode(value)


def choice(target: Target) -> Parse:
    """Return how one of several is read: "SMB (6-100)", "smb", "SMB" and "6-100" are the same."""
    known: dict[str, str] = {}
    for value, label in target.options:
        for word in (value, label, *re.split(r"[()]", label)):
            known.setdefault(_bare(word), value)
    for word, value in target.also:
        known.setdefault(_bare(word), value)

    def parse(text: str) -> str:
        value = known.get(_bare(text) or text)
        if value is None:
            raise ValueError(f"“{text.strip()[:40]}” is not one of: {', '.join(label for _, label in target.options)}.")
        return value

    return parse


def _bare(text: str) -> str:
    """Return the letters and digits of a text, folded: REAL_ESTATE, Real-estate and "real estate" are the same."""
    return "".join(c for c in fold(text) if c.isalnum())


def _amount(column: Column, text: str, home: Home) -> dict[str, Any]:
    code = formats.currency_of(text) or home.currency
    return {"amount": money.minor(formats.parse_number(text, column.decimal), code), "currency": code}


def _money(column: Column, currency: str) -> Parse:
    """Return how amounts without a rule of their own are read; plain ones, being mostly distinct, in a shorter way."""
    plain = _PLAIN_AMOUNT if column.decimal == "." and money.exponent(currency) == 2 else None
    home = Home(currency=currency)

    def parse(text: str) -> CustomValue:
        match = plain and plain.fullmatch(text)
        value = (
            {"amount": int(match[1] + (match[2] or "").ljust(2, "0")), "currency": currency}
            if match
            else _amount(column, text, home)
        )
        as_text = f'{{"amount": {value["amount"]}, "currency": "{value["currency"]}"}}'
        return CustomValue(value, as_text, (money_key(value),))

    return parse


def _number(column: Column, text: str, home: Home) -> Decimal:
    return formats.parse_number(text, column.decimal)


_RAW: dict[FieldType, Callable[[Column, str, Home], Any]] = {
    FieldType.MONEY: _amount,
    FieldType.NUMBER: _number,
    FieldType.BOOLEAN: lambda column, text, home: boolean(text),
    FieldType.DATE: lambda column, text, home: formats.parse_date(text, column.dates),
    FieldType.DATETIME: lambda column, text, home: formats.parse_moment(text, column.dates, ZoneInfo(home.time_zone)),
    FieldType.RECURRING_DATE: lambda column, text, home: formats.parse_recurring(text, column.dates),
    FieldType.MULTI_CHOICE: lambda column, text, home: separated(text, (column.split or ";",)),
    FieldType.LONG_TEXT: lambda column, text, home: text,
}


def _too_long() -> str:
    raise ValueError(f"At most {cleaning.SHORT} characters fit.")
