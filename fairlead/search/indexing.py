"""Keeping documents current: set by set, from the log or anew."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.events.public import Event
from fairlead.kernel import phone
from fairlead.kernel.text import fold
from fairlead.search import sources, words
from fairlead.search.models import Document, Word
from fairlead.search.sources import Entry, Source
from fairlead.tenancy.public import require_firm

CHUNK = 1000
REBUILT = 2000  # documents at once when all are written anew
_STORE = """
INSERT INTO search_document (id, firm_id, created_at, updated_at, noun, record_id, title, subtitle, title_key, lexemes,
    digits, owner_id)
SELECT gen_random_uuid(), %(firm)s, now(), now(), %(noun)s, e.record, e.title, e.subtitle, e.title_key,
    -- A name may be nothing but signs, and text nothing but white space: then there is no word.
    coalesce(array_to_tsvector(string_to_array(nullif(e.lexemes, ''), ' ')), ''), e.digits, e.owner
FROM unnest(%(records)s::uuid[], %(titles)s::text[], %(subtitles)s::text[], %(keys)s::text[], %(lexemes)s::text[],
    %(digits)s::text[], %(owners)s::uuid[]) AS e(record, title, subtitle, title_key, lexemes, digits, owner)
ON CONFLICT (firm_id, record_id) DO UPDATE SET updated_at = now(), title = excluded.title,
    subtitle = excluded.subtitle, title_key = excluded.title_key, lexemes = excluded.lexemes,
    digits = excluded.digits, owner_id = excluded.owner_id
"""
_LEARN = f"""
INSERT INTO {Word._meta.db_table} (id, firm_id, created_at, updated_at, word)
SELECT gen_random_uuid(), %(firm)s, now(), now(), w FROM unnest(%(words)s::text[]) w
WHERE NOT EXISTS (SELECT FROM {Word._meta.db_table} k WHERE k.firm_id = %(firm)s AND k.word = w)
ON CONFLICT DO NOTHING
"""  # noqa: S608 - a table's own name


def follow(events: Sequence[Event]) -> None:
    """Bring the documents that the events touch up to date (the consumer `search`)."""
    for source in sources.registered():
        ids = sorted(source.touched(events))
        for start in range(0, len(ids), CHUNK):
            refresh(source, ids[start : start + CHUNK])


def rebuild_chunk(noun: str, after: UUID | None) -> UUID | None:
    """Write the documents of the next records after `after`; return the last id, or None at the end."""
    source = sources.get(noun)
    ids = source.page(after, REBUILT)
    if ids:
        refresh(source, ids)
    return ids[-1] if len(ids) == REBUILT else None


def refresh(source: Source, ids: Sequence[UUID]) -> None:
    """Write the documents of the living records among `ids` and drop those of the others."""
    entries = list(source.describe(ids))
    gone = set(ids) - {e.record_id for e in entries}
    if gone:
        Document.rows().filter(record_id__in=gone).delete()
    if entries:
        _store(source.noun, entries)


def _store(noun: str, entries: Sequence[Entry]) -> None:
    firm = require_firm()
    names = [words.lexemes(f"{e.title} {e.words}") for e in entries]
    mark = words.mark(firm)
    rows: dict[str, Any] = {
        "firm": firm,
        "noun": noun,
        "records": [e.record_id for e in entries],
        "titles": [e.title[:300] for e in entries],
        "subtitles": [e.subtitle[:300] for e in entries],
        "keys": [fold(e.title)[:300] for e in entries],
        "lexemes": [_marked(mark, own, e) for own, e in zip(names, entries, strict=True)],
        "digits": [_digits(e.numbers) for e in entries],
        "owners": [e.owner_id for e in entries],
    }
    vocabulary = sorted({w for own in names for w in own if len(w) >= words.SHORT and not w.isdigit()})
    with connection.cursor() as cursor:
        cursor.execute(_STORE, rows)
        cursor.execute(_LEARN, {"firm": firm, "words": vocabulary})


def _marked(mark: str, names: Iterable[str], entry: Entry) -> str:
    more = words.lexemes(f"{entry.text} {entry.subtitle}")
    return " ".join(f"{mark}{word}" for word in dict.fromkeys([*names, *more]))


def _digits(numbers: Iterable[str]) -> str:
    return " ".join(d for n in numbers if len(d := phone.digits(n)) >= words.SHORT)
