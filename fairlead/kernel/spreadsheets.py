"""Cells that a spreadsheet will open: text must stay text."""

from typing import Any

# What makes a spreadsheet read a cell as a formula or a command (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """Return `value` so that no spreadsheet runs it: a text that looks like a formula gets an apostrophe in front.

    Numbers stay numbers; a phone number in E.164 or a negative amount, both harmless, stay as they are.
    """
    if not isinstance(value, str) or not value.lstrip(" ").startswith(_FORMULA):
        return value
    return value if value[1:].isdigit() and value[0] in "+-" else f"'{value}"
