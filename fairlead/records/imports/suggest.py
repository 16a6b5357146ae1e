"""Suggesting what each column means, from its name and its values."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from fairlead.kernel.spreadsheets import separated
from fairlead.kernel.text import fold
from fairlead.records.fields import FieldType
from fairlead.records.imports import formats
from fairlead.records.imports.columns import NEW, Column, NewField, Target
from fairlead.records.imports.convert import choice
from fairlead.records.imports.problems import about_rows

_PUNCTUATION = re.compile(r"[^\w+&]+")
_ADDRESS = re.compile(r"^[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+$")
_URL = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_BOOLEANS = frozenset(
    [
        "true",
        "false",
        "yes",
        "no",
        "ja",
        "nein",
        "oui",
        "non",
        "si",
        "sí",
        "vrai",
        "faux",
        "wahr",
        "falsch",
        "y",
        "n",
        "x",
    ]
)
_MONEY = re.compile(r"budget|umsatz|revenue|amount|betrag|preis|price|montant|prix|importe|precio|ingresos|chiffre d"
                    r"|\b[ma]rr\b|fee|honorar|salary|gehalt|value|wert|turnover|cost|kosten")  # fmt: skip
MOST_OPTIONS = 50


@dataclass(frozen=True, slots=True)
class Guess:
    """What a header says: a target (None: known and not worth keeping), a label for its values, a pairing key."""

    target: str | None
    label: str = ""
    pair: str = ""
    split: str = ""


Known = Callable[[str, Sequence[str]], Guess | None]


def normal(header: str) -> str:
    """Return a header as the tables of known headers write it: folded, punctuation as single spaces."""
    return _PUNCTUATION.sub(" ", fold(header).replace("_", " ")).strip()


def suggest(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    targets: Sequence[Target],
    known: Known,
    country: str,
    custom: Mapping[str, str],
) -> list[Column]:
    """Return one column a header. `custom` maps a normalised label of an existing custom field to its target."""
    by_name = {t.name: t for t in targets}
    taken: set[str] = set()
    columns: list[Column] = []
    about = about_rows(headers)
    for index, header in enumerate(headers):
        if index in about:
            columns.append(Column(index, header, reason="not kept"))
            continue
        values = [row[index].strip() for row in samples if index < len(row) and row[index].strip()]
        column = _column(index, header, values, by_name, known, country, custom)
        if column.target in taken and not (column.target in by_name and by_name[column.target].multiple):
            column = _new_field(column, values)
        if column.target is not None:
            taken.add(column.target)
        columns.append(column)
    return columns


def _column(
    index: int,
    header: str,
    values: Sequence[str],
    targets: Mapping[str, Target],
    known: Known,
    country: str,
    custom: Mapping[str, str],
) -> Column:
    style = formats.detect_style(values, country)
    base = Column(index, header, dates=style.dates, decimal=style.decimal, sure=style.sure)
    name = normal(header)
    guess = known(name, values)
    if guess is not None:
        if guess.target is None:
            return replace(base, reason="not kept")
        if guess.target in targets and _takes(targets[guess.target], values):
            return replace(
                base, target=guess.target, label=guess.label, pair=guess.pair, split=guess.split, reason="name"
            )
    if name in custom:
        return replace(base, target=custom[name], reason="custom field")
    by_label = {normal(t.label): t.name for t in targets.values()} | {normal(t): t for t in targets}
    if name in by_label and _takes(targets[by_label[name]], values):
        return replace(base, target=by_label[name], reason="name")
    if values and "email" in targets and all(map(_ADDRESS.match, values)):
        return replace(base, target="email", reason="values")
    if not values:
        return replace(base, reason="empty")
    return _new_field(base, values)


def _takes(target: Target, values: Sequence[str]) -> bool:
    """Tell whether a strict choice can take the values, but for a slip here and there: other rows would be left out."""
    distinct = Counter(values)
    if not target.strict or not distinct:
        return True
    read, taken, rows = choice(target), 0, 0
    for value, often in distinct.items():
        with suppress(ValueError):
            read(value)
            taken, rows = taken + 1, rows + often
    return 2 * taken > len(distinct) and len(values) - rows <= max(1, len(values) // 50)


def _new_field(column: Column, values: Sequence[str]) -> Column:
    kind, options = infer(column.header, values)
    split = ";" if kind is FieldType.MULTI_CHOICE else ""
    return replace(column, target=NEW, new_field=NewField(column.header[:100], kind, options), split=split, label="",
                   pair="", reason="new custom field")  # fmt: skip


def infer(header: str, values: Sequence[str]) -> tuple[FieldType, tuple[str, ...]]:
    """Return the field type that suits the values, and the options of a choice."""
    if not values:
        return FieldType.TEXT, ()
    lowered = {v.lower() for v in values}
    if lowered <= _BOOLEANS:
        return FieldType.BOOLEAN, ()
    if all(map(formats.looks_like_date, values)):
        return (FieldType.DATETIME if any(map(formats.has_time, values)) else FieldType.DATE), ()
    if all(map(formats.looks_like_number, values)):
        written = any(re.search(r"[^\d\s.,'+-]", v) for v in values)
        return (FieldType.MONEY if written or _MONEY.search(fold(header)) else FieldType.NUMBER), ()
    if all(map(_URL.match, values)):
        return FieldType.URL, ()
    if any("\n" in v or len(v) > 200 for v in values):
        return FieldType.LONG_TEXT, ()
    atoms = [atom for v in values for atom in separated(v)]
    distinct = tuple(dict.fromkeys(atoms))
    if any(";" in v for v in values) and len(distinct) <= MOST_OPTIONS and len(atoms) >= 2 * len(distinct):
        return FieldType.MULTI_CHOICE, distinct
    if len(distinct) <= 20 and len(values) >= 4 * len(distinct) and max(map(len, distinct)) <= 60:
        return FieldType.CHOICE, distinct
    return FieldType.TEXT, ()
