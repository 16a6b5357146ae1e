"""Words: how text is cut for finding, and how what somebody types becomes a query."""

import re
from dataclasses import dataclass
from uuid import UUID

from fairlead.kernel import phone
from fairlead.kernel.text import fold

LONGEST, MOST_WORDS = 40, 400
SHORT = 3  # a term below this length narrows, but does not look up
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"^[\d\s()+\-./]{3,}$")
# Han, kana and hangul are written without spaces: any place in such a run may be where a name begins.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, taken apart: folded text, terms to look up, terms that only narrow, digits of a phone number."""

    text: str
    terms: tuple[str, ...]
    narrow: tuple[str, ...]
    number: str


def split(text: str) -> list[str]:
    """Return the folded words of `text` in their order, without repetition."""
    words = (w[:LONGEST] for w in _WORD.findall(fold(text)))
    return list(dict.fromkeys(words))[:MOST_WORDS]


def lexemes(text: str) -> list[str]:
    """Return the words to store: `split`, and every tail of a word written without spaces."""
    stored: dict[str, None] = {}
    for word in split(text):
        stored[word] = None
        if _UNSPACED.search(word):
            stored.update((word[i:], None) for i in range(1, min(len(word), 16)))
    return list(stored)


def ask(typed: str) -> Asked:
    """Take apart what somebody typed; at most eight words count."""
    words = split(typed[:200])[:8]
    long = tuple(w for w in words if len(w) >= SHORT or _UNSPACED.search(w))
    terms = long or tuple(w for w in words if len(w) > 1)[:1]
    narrow = tuple(w for w in words if w not in terms)
    return Asked(fold(typed[:200]), terms, narrow, _number(typed))


def _number(typed: str) -> str:
    """Return the digits to look for when the query can only be a phone number, without trunk and exit zeros."""
    if not _NUMBER.match(typed.strip()):
        return ""
    digits = phone.digits(typed.replace("(0)", "")).lstrip("0")
    return digits if len(digits) >= SHORT else ""


def mark(firm_id: UUID) -> str:
    """Return what stands before each lexeme of a firm: the random tail of its id."""
    return f"{firm_id.hex[-12:]}:"


def tsquery(alternatives: list[list[str]], firm_id: UUID) -> str:
    """Return the query (PostgreSQL tsquery) for records that hold, for each entry, one of its words.

    The first of an entry is what somebody typed, which may be the beginning of a word; the others are known words,
    whole. Beginnings are dear: the index gathers all that starts with one before it compares.
    """
    start = mark(firm_id)
    terms = [
        f"('{start}{typed}':*" + "".join(f" | '{start}{word}'" for word in known) + ")"
        for typed, *known in filter(None, alternatives)
    ]
    return " & ".join(terms)
