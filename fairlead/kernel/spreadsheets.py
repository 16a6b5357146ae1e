"""Cells that a spreadsheet will open: text must stay text (OWASP, "CSV Injection"), several values several."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

# What makes a spreadsheet read a cell as a formula or a command; the last four are the full-width forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
SEPARATORS = (";", ",", "\n")


def begins_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take the text for a formula; it passes over blanks at its beginning."""
    return text.startswith(FORMULA) or text.lstrip(" ").startswith(FORMULA)


def safe_cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet runs it: a text that looks like a formula gets an apostrophe in front.

    Numbers stay numbers. A phone number in E.164 stays as it is, so that people and programs can use it: as a formula
    it is nothing but its own digits. `text_of` takes the apostrophe off again; a text that has one itself gets another.
    """
    if not isinstance(value, str) or not begins_like_formula(value.lstrip("'")) or _E164.fullmatch(value):
        return value
    return f"'{value}"


def text_of(cell: str) -> str:
    """Return the text that `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and begins_like_formula(cell.lstrip("'")) else cell


def joined(values: Iterable[str]) -> str:
    """Return several values as one cell, ";" between them.

    A value that holds what separates values, or begins with a quotation mark, stands in quotation marks, as in CSV
    (RFC 4180): `Gold;"Berlin; Paris";"a ""quoted"" one"`.
    """
    return ";".join(_quoted(v) if v.startswith('"') or _any_in(v, SEPARATORS) else v for v in values)


def separated(cell: str, separators: tuple[str, ...] = (";",)) -> list[str]:
    """Return the values of a cell as `joined` writes it, or as people do: any of `separators` ends a value.

    Quotation marks that hide no separator belong to their value: `"Big" ones; small` are `"Big" ones` and `small`.
    """
    if '"' in cell:
        found = [(m[1], m[2]) for m in _values(separators).finditer(cell)]
        inside = "".join(quoted for quoted, _ in found if quoted)
        if _any_in(inside, ('""', *SEPARATORS, *separators)):
            values = [plain.strip() if quoted is None else quoted.replace('""', '"') for quoted, plain in found]
            return [value for value in values if value]
    return [value for part in _separator(separators).split(cell) if (value := part.strip())]


def _any_in(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)


def _quoted(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


@lru_cache(maxsize=50)
def _values(separators: tuple[str, ...]) -> re.Pattern[str]:
    end = _separator(separators).pattern
    return re.compile(rf'(?:^|{end})(?:\s*"((?:[^"]|"")*)"\s*(?=\Z|{end})|(.*?)(?=\Z|{end}))', re.DOTALL)


@lru_cache(maxsize=50)
def _separator(separators: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, separators)))
