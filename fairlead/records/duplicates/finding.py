"""Which records may be one: by keys that two records share, then by comparing the two.

A noun registers a `Finder`. Keys only bring pairs together, `judge` decides: so typing, the API, imports, changes and
the search through everything give the same answer. A key that more than its limit of records share tells nothing and
is passed over: otherwise a thousand people with one switchboard number would be half a million pairs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.tenancy.public import Actor, require_firm

THRESHOLD = 50
LIMIT = 15  # records that may share a key

Pair = tuple[UUID, UUID]  # the smaller id first
Key = tuple[int, str]  # kind (so that a city never meets a name of the same letters), normalised text


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two records are one (0-100), and why, in words for people."""

    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Finder:
    """What a noun knows of its duplicates.

    `profiles` reads what is compared of living records; `typed` makes the same of what somebody types; `keys` are what
    a profile is found by. The `repr` of a profile changes whenever what is compared does.
    `at_once` finds records by what the tables themselves are indexed by: those made a moment ago have no keys yet.
    `touched` are the event types after which a record is looked at anew.
    """

    noun: str
    profiles: Callable[[Sequence[UUID]], Mapping[UUID, Any]]
    typed: Callable[[Mapping[str, Any], Actor], Any]
    keys: Callable[[Any], Iterable[Key]]
    judge: Callable[[Any, Any], Verdict]
    at_once: Callable[[Any], Iterable[UUID]] = lambda profile: ()
    touched: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be the one in question."""

    record_id: UUID
    verdict: Verdict
    fingerprint: str


_finders: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    """Register a noun's finder; twice raises ValueError."""
    if finder.noun in _finders:
        raise ValueError(f"The noun {finder.noun} finds its duplicates in two ways.")
    _finders[finder.noun] = finder


def finders() -> list[Finder]:
    """Return every finder."""
    return list(_finders.values())


def finder_of(noun: str) -> Finder:
    """Return the finder of a noun; KeyError when it has none."""
    return _finders[noun]


def hashed(noun: str, key: Key) -> int:
    """Return the number that a key is stored as. Two texts with one number cost a comparison, no more."""
    text = f"{noun} {key[0]} {key[1]}".encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)


def fingerprint(one: Any, other: Any) -> str:
    """Return what a pair is recognised by: another one as soon as one of the two profiles changes."""
    return blake2b("\n".join(sorted((repr(one), repr(other)))).encode(), digest_size=16).hexdigest()


def matches(finder: Finder, profiles: Mapping[UUID, Any], *, at_once: bool) -> dict[UUID, list[Match]]:
    """Return for each profile the records that may be the same one, the likeliest first.

    `at_once` finds those without keys too, by queries for each profile. Whoever follows the log needs it not: what has
    no keys yet comes up later in the log, and meets then what has them.
    """
    by_key: dict[int, list[UUID]] = {}
    for pk, profile in profiles.items():
        for key in {hashed(finder.noun, k) for k in finder.keys(profile)}:
            by_key.setdefault(key, []).append(pk)
    pairs: set[tuple[UUID, UUID]] = set()
    for key, sharers in _sharers(finder.noun, list(by_key)).items():
        if len(sharers) <= LIMIT:
            pairs.update((mine, other) for mine in by_key[key] for other in sharers if mine != other)
    if at_once:
        pairs.update((mine, other) for mine, p in profiles.items() for other in finder.at_once(p) if mine != other)
    known = {**finder.profiles(list({other for _, other in pairs} - profiles.keys())), **profiles}
    found: dict[UUID, list[Match]] = {pk: [] for pk in profiles}
    for mine, other in pairs:
        if other in known and (verdict := finder.judge(known[mine], known[other])).score >= THRESHOLD:
            found[mine].append(Match(other, verdict, fingerprint(known[mine], known[other])))
    return {pk: sorted(some, key=lambda m: -m.verdict.score) for pk, some in found.items()}


def judged(finder: Finder, pairs: Iterable[Pair]) -> dict[Pair, tuple[Verdict, str]]:
    """Compare pairs whatever brought them together; return those that may be one, with verdict and fingerprint."""
    asked = list(pairs)
    known = finder.profiles(list({pk for pair in asked for pk in pair}))
    found: dict[Pair, tuple[Verdict, str]] = {}
    for low, high in asked:
        if low in known and high in known:
            verdict = finder.judge(known[low], known[high])
            if verdict.score >= THRESHOLD:
                found[low, high] = (verdict, fingerprint(known[low], known[high]))
    return found


def store_keys(finder: Finder, ids: Sequence[UUID], profiles: Mapping[UUID, Any]) -> None:
    """Bring the keys of the records `ids` up to date; those without a profile (in the bin, merged) have none.

    Only what differs is written: a second search through the same records reads, and writes next to nothing.
    """
    # Ids as text: each is hashed and written out many times, which costs a UUID a call in Python every time.
    texts = [(str(pk), profile) for pk, profile in profiles.items()]
    rows = {(hashed(finder.noun, key), pk) for pk, profile in texts for key in finder.keys(profile)}
    stored = _stored_keys(finder.noun, ids)
    gone, new = sorted(stored - rows), sorted(rows - stored)
    firm = require_firm()
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(_DELETE, [firm, finder.noun, *_columns(gone)])
        if new:
            cursor.execute(_INSERT, [firm, finder.noun, *_columns(new)])


# One look into the index for each record, whatever the statistics say: while a first search fills the table they say
# that it is empty, and a plan made from them reads all of it.
_STORED = """
SELECT k.key, k.record_id::text FROM unnest(%s::uuid[]) AS r(id) CROSS JOIN LATERAL
    (SELECT key, record_id FROM records_duplicatekey
    WHERE firm_id = %s AND record_id = r.id AND noun = %s OFFSET 0) AS k
"""
_DELETE = """
DELETE FROM records_duplicatekey WHERE firm_id = %s AND noun = %s
AND (key, record_id) IN (SELECT * FROM unnest(%s::bigint[], %s::uuid[]))
"""
_INSERT = """
INSERT INTO records_duplicatekey (firm_id, noun, key, record_id)
SELECT %s, %s, k.* FROM unnest(%s::bigint[], %s::uuid[]) AS k ON CONFLICT DO NOTHING
"""


def _stored_keys(noun: str, ids: Sequence[UUID]) -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [array(ids), require_firm(), noun])
        return set(cursor.fetchall())


def _columns(rows: Sequence[tuple[int, str]]) -> tuple[str, str]:
    return array(key for key, _ in rows), array(pk for _, pk in rows)


def array(values: Iterable[UUID | int | str]) -> str:
    """Return ids or numbers as one PostgreSQL array literal: a list would be quoted value by value, which is slow."""
    return "{" + ",".join(map(str, values)) + "}"


def _sharers(noun: str, keys: Sequence[int]) -> dict[int, list[UUID]]:
    """Return who shares each key, one more than the limit at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.key, d.record_id FROM unnest(%s::bigint[]) AS k(key) CROSS JOIN LATERAL "
            "(SELECT record_id FROM records_duplicatekey WHERE firm_id = %s AND noun = %s AND key = k.key "
            "LIMIT %s) AS d",
            [array(keys), require_firm(), noun, LIMIT + 2],
        )
        found: dict[int, list[UUID]] = {}
        for key, pk in cursor.fetchall():
            found.setdefault(key, []).append(pk)
    return found
