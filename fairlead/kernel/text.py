"""Text: one normal form for comparing and sorting, shared by Python and the stored columns."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def squeeze(value: str) -> str:
    """Collapse runs of white space to one space and strip both ends; NUL is dropped."""
    if value.isascii() and value.isalnum():
        return value
    return _SPACES.sub(" ", value.replace("\x00", "")).strip()


def fold(value: str) -> str:
    """Return `value` without accents and case: the key for comparing, searching and sorting.

    Unicode NFKD without combining marks, case folded, plus the letters that do not decompose.
    """
    if value.isascii():
        return squeeze(value.lower())
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return squeeze(plain.translate(_LETTERS))


def prefix_end(prefix: str) -> str:
    """Return the smallest string above every string that starts with `prefix` (code-point order)."""
    return prefix + "\U0010ffff"
