"""Text: one normal form for comparing and sorting, shared by Python and the stored columns."""

import re
import unicodedata
from functools import lru_cache

_KEPT = 200  # characters: longer texts are folded each time, as they would fill the memory
_SPACES = re.compile(r"\s+")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


class _Folding(dict[int, str]):
    """A translation table that fills itself: a decomposed character to its plain, case folded letters."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = "" if unicodedata.combining(letter) else letter.casefold().translate(_LETTERS)
        return self[code]


_FOLDING = _Folding()


def squeeze(value: str) -> str:
    """Collapse runs of white space to one space and strip both ends; NUL is dropped."""
    if value.isprintable() and "  " not in value:  # of what is printable only the space itself is white
        return value.strip(" ")
    return _SPACES.sub(" ", value.replace("\x00", "")).strip()


def fold(value: str) -> str:
    """Return `value` without accents and case: the key for comparing, searching and sorting.

    Unicode NFKD, then character by character: combining marks go, the rest is case folded, and letters that do
    not decompose are spelt out. The SQL function `fairlead_fold` does the same (records, migration 0001).
    """
    return _fold_again(value) if len(value) <= _KEPT else _fold(value)


def _fold(value: str) -> str:
    if value.isascii():
        return squeeze(value.lower())
    return squeeze(unicodedata.normalize("NFKD", value).translate(_FOLDING))


_fold_again = lru_cache(maxsize=20_000)(_fold)  # the words of a file (tags, companies, options) come again and again


def prefix_end(prefix: str) -> str:
    """Return the smallest string above every string that starts with `prefix` (code-point order)."""
    return prefix + "\U0010ffff"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number and its thing, as in "1 day" and "2,000 days"; `many` where more of it is not `one` and an s."""
    return f"{count:,} {one if abs(count) == 1 else many or f'{one}s'}"


def whole_number(text: object, *, digits: int = 18) -> int | None:
    """Return the whole number that a text is, None when it is none or has more `digits` (at most 18)."""
    said = str(text).strip()
    return int(said) if _WHOLE.fullmatch(said) and len(said.lstrip("-")) <= digits else None
