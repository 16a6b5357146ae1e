"""Finding."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from rapidfuzz.distance import OSA

from fairlead.search import sources, words
from fairlead.search.words import Asked
from fairlead.tenancy.public import Actor, require_firm

FARTHEST = 2  # edits
SPARE = 20  # what is read beyond the asked number, for those that turn out not to be the actor's to see
ENOUGH = 5  # with fewer results the words are taken as possibly mistyped
_FIND = "SELECT noun, record_id, title, subtitle FROM search_find(%s, %s, %s, %s, %s::uuid[], %s::text[], %s)"


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record. `corrected` tells that it only fits after a typing error was assumed."""

    noun: str
    record_id: UUID
    title: str
    subtitle: str
    corrected: bool = False


def find(typed: str, *, by: Actor, nouns: Sequence[str] | None = None, limit: int = 20) -> list[Hit]:
    """Return what fits what somebody typed, best first, at most `limit` (1 to 100) records that the actor may see.

    Words fit by their beginnings, in any order; digits fit anywhere in a phone number. When little fits, the words
    nearest to the typed ones are tried too: first those one edit away, then those two (optimal string alignment).
    """
    asked = words.ask(typed)
    allowed = [s.noun for s in sources.registered() if by.can(s.permission) and (nouns is None or s.noun in nouns)]
    if not asked.text or not allowed:
        return []
    exact = [[term] for term in asked.terms]
    hits = _query(asked, exact, by, allowed, limit)
    if len(hits) >= min(ENOUGH, limit) or asked.number:
        return hits
    tried, near = exact, [_near(term) for term in asked.terms]
    for edits in (1, FARTHEST):
        alternatives = [
            [term, *(word for word, distance in known.items() if distance <= edits)][:9]
            for term, known in zip(asked.terms, near, strict=True)
        ]
        if alternatives != tried and len(hits) < min(ENOUGH, limit):
            found = {h.record_id for h in hits}
            further = _query(asked, alternatives, by, allowed, limit, corrected=True)
            hits += [h for h in further if h.record_id not in found]
        tried = alternatives
    return hits[:limit]


def _query(
    asked: Asked, terms: list[list[str]], by: Actor, nouns: list[str], limit: int, *, corrected: bool = False
) -> list[Hit]:
    owners = None if by.visible_owners is None else sorted(by.visible_owners)
    query = words.tsquery(terms, require_firm())
    values = [
        query,
        asked.number,
        "" if corrected else asked.text,
        words.tsquery([[word] for word in asked.narrow], require_firm()),
        owners,
        nouns,
        limit + SPARE,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        hits = [Hit(noun, pk, title, subtitle, corrected) for noun, pk, title, subtitle in cursor.fetchall()]
    return _told(_seen(hits, by)[:limit], by)


def _seen(hits: list[Hit], by: Actor) -> list[Hit]:
    """Leave out what the documents' owners do not tell: a deal in a pipeline that the actor may not see, say."""
    hidden: set[UUID] = set()
    for source in sources.registered():
        ids = [hit.record_id for hit in hits if hit.noun == source.noun]
        if ids and source.seen is not None:
            hidden |= set(ids) - set(source.seen(by, ids))
    return [hit for hit in hits if hit.record_id not in hidden]


def _told(hits: list[Hit], by: Actor) -> list[Hit]:
    """Put below each hit what the actor may read there: a note names only those of its records that they may see."""
    told: dict[UUID, str] = {}
    for source in sources.registered():
        ids = [hit.record_id for hit in hits if hit.noun == source.noun]
        if ids and source.subtitles is not None:
            told |= {**dict.fromkeys(ids, ""), **source.subtitles(by, ids)}
    return [replace(hit, subtitle=told.get(hit.record_id, hit.subtitle)) for hit in hits]


def _near(term: str) -> dict[str, int]:
    """Return the known words that a term may have been meant to be, or to become, by edits; the nearest first."""
    if len(term) < words.SHORT or term.isdigit():
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_similar(%s, 100)", [term])
        known = [row[0] for row in cursor.fetchall()]
    allowed = 1 if len(term) < 5 else FARTHEST
    near = sorted((_distance(term, word), word) for word in known)
    return {word: distance for distance, word in near if distance <= allowed}


def _distance(term: str, word: str) -> int:
    """Return the edits from `term` to `word` or, while somebody still types, to its beginning."""
    return min(OSA.distance(term, word), OSA.distance(term, word[: len(term)]) if len(term) > 4 else 99)
