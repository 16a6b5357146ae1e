"""Names as they are compared: without accents, case and script, by their full form, and forgiving typing errors."""

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from fairlead.kernel.text import fold

# ISO 9 and ELOT 743, roughly as people write their own names in Latin letters.
_SCRIPTS = str.maketrans(dict(zip(
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґαβγδεζηθικλμνξοπρσςτυφχψω",
    ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
     "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "i", "i", "e", "g", "a", "v", "g", "d", "e", "z", "i",
     "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o"],
    strict=True,
)))  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_SOUNDS = str.maketrans("dbgvzcqjy", "tpkfskkii")


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return `text` folded and in Latin letters; ä, ö, ü are the same as ae, oe, ue."""
    folded = fold(text).translate(_SCRIPTS)
    return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u") if "e" in folded else folded


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a name."""
    return tuple(_WORD.findall(plain(text)))


@lru_cache(maxsize=50_000)
def given(text: str) -> str:
    """Return the first given name in its full form: Bob is robert."""
    found = words(text)
    return _full_forms().get(found[0], found[0]) if found else ""


@lru_cache(maxsize=50_000)
def company(text: str) -> str:
    """Return a company's name without its legal form."""
    found, legal = words(text), listed("legal_forms")
    return " ".join([w for w in found if w not in legal] or found)


@lru_cache(maxsize=50_000)
def skeleton(text: str) -> str:
    """Return what stays of a word whatever is mistyped in it most: its consonants by sound, each once, in order of
    the alphabet. Vowels, doubled letters and swapped letters make no difference."""
    bare = "".join(words(text)).replace("ph", "f").replace("ck", "k").translate(_SOUNDS)
    return "".join(sorted(set(bare) - set("aeiouh"))) or bare


def is_near(one: str, other: str) -> bool:
    """Tell whether two words differ by a typing error: one letter in four or more, two in nine or more.

    The errors are inserted, deleted, replaced letters and swapped neighbours (optimal string alignment).
    """
    shorter = min(len(one), len(other))
    allowed = 2 if shorter >= 9 else 1 if shorter >= 4 else 0
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed


@lru_cache
def listed(name: str) -> frozenset[str]:
    """Return a list of the data file: legal_forms, free_mail, shared_mailboxes."""
    return frozenset(_data()[name])


@lru_cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("fairlead.people.merging").joinpath("data/words.json").read_text("utf-8"))
    return found


@lru_cache
def _full_forms() -> dict[str, str]:
    """Return each short form, and each full one, with the full form; the first of several names has a short form."""
    nicknames = _data()["nicknames"]
    found = {plain(full): plain(full) for full in nicknames}
    for full, shorts in nicknames.items():
        for short in shorts:
            found.setdefault(plain(short), plain(full))
    return found
