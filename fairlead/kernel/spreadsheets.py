"""Cells that a spreadsheet will open: text must stay text (OWASP, "CSV Injection")."""

import re
from typing import Any

# What makes a spreadsheet read a cell as a formula or a command; the last four are the full-width forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


def begins_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take the text for a formula; it passes over blanks at its beginning."""
    return text.startswith(FORMULA) or text.lstrip(" ").startswith(FORMULA)


def safe_cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet runs it: a text that looks like a formula gets an apostrophe in front.

    Numbers stay numbers. A phone number in E.164 stays as it is, so that people and programs can use it: as a formula
    it is nothing but its own digits. Imports take the apostrophe off again.
    """
    if not isinstance(value, str) or not begins_like_formula(value) or _E164.fullmatch(value):
        return value
    return f"'{value}"
