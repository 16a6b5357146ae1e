"""Search while typing over a million contacts, under row-level security: what people remember, letter by letter."""

import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from tests.bench.data import FIRST, LAST, filler
from tests.bench.figures import Figure, benchmark, percentile
from tests.bench.stage import Stage

ROUNDS = 120
SYLLABLES = (
    "ba de fi go hu ka le mi no pu ra se ti vo zu cha dra gre kli pro sta tre bel dor fen gal hin jor kas len".split()
)


@filler
def documents(cursor: Any, stage: Stage, firm: Any) -> None:
    """A document for each contact, as the consumer writes them, and a vocabulary of a hundred thousand words."""
    from fairlead.search.words import mark

    start = mark(firm.id)
    cursor.execute("DROP INDEX search_document_lexemes, search_document_digits")
    cursor.execute(
        """INSERT INTO search_document (id, firm_id, created_at, updated_at, noun, record_id, title, subtitle,
            title_key, lexemes, digits, owner_id)
        SELECT gen_random_uuid(), c.firm_id, now(), now(), 'contact', c.id, c.name, c.email, lower(c.name),
            array_to_tsvector(ARRAY(SELECT DISTINCT %s || w FROM regexp_split_to_table(
                lower(concat_ws(' ', c.name, c.email, c.city, 'Company', right(c.phone, 4))), '[^a-z0-9]+') w
                WHERE w <> '')),
            substr(c.phone, 2), c.owner_id
        FROM people_contact c WHERE c.firm_id = %s""",
        [start, firm.id],
    )
    cursor.execute("CREATE INDEX search_document_lexemes ON search_document USING gin (lexemes)")
    cursor.execute(
        "CREATE INDEX search_document_digits ON search_document USING gin (firm_id, digits gin_trgm_ops) "
        "WHERE digits <> ''"
    )
    count = stage.scaled(100_000)
    syllable = f"('{{{','.join(SYLLABLES)}}}'::text[])[1 + (n / %s) %% {len(SYLLABLES)}]"
    made = " || ".join(syllable % len(SYLLABLES) ** power for power in range(4))
    cursor.execute(
        f"""INSERT INTO search_word (id, firm_id, created_at, updated_at, word)
        SELECT gen_random_uuid(), '{firm.id}', now(), now(), w FROM (
            SELECT {made} AS w FROM generate_series(1, {count}) n
            UNION SELECT lower(unnest('{{{",".join(FIRST + LAST)}}}'::text[]))) x ON CONFLICT DO NOTHING"""
    )


@benchmark("search")
def search(stage: Stage) -> Iterator[Figure]:
    """Measure the answers to misspelt names, parts of phone numbers and addresses, each typed to its end."""
    from fairlead.search.public import find
    from fairlead.tenancy.public import firm_context

    rng = random.Random(7)
    rounds = stage.scaled(ROUNDS, 5)
    baseline = _plain(stage, rounds)
    for name, asked in (
        ("misspelt name", [_misspelt(rng) for _ in range(rounds)]),
        ("name, letter by letter", _typed([f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(rounds // 8 + 1)])),
        ("part of a phone number", [f"415 {rng.randrange(10**6):06d}"[: rng.randrange(6, 11)] for _ in range(rounds)]),
        ("address", _addresses(stage, rounds)),
    ):
        taken, found = [], 0
        with firm_context(stage.firm.id):
            for typed in asked:
                begun = time.perf_counter()
                found += bool(find(typed, by=stage.actor, limit=12))
                taken.append((time.perf_counter() - begun) * 1000)
        assert found or stage.smoke, name
        yield Figure(f"search: {name}, 95th percentile", percentile(taken, 0.95), "ms", baseline, at_most=100)


def _misspelt(rng: random.Random) -> str:
    """Return a name with two letters swapped, one left out or one wrong."""
    word = rng.choice([w for w in FIRST + LAST if len(w) > 4]).lower()
    at = rng.randrange(1, len(word) - 2)
    wrong = rng.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + "q" + word[at + 1 :],
        ]
    )
    return f"{wrong} {rng.choice(LAST).lower()[:4]}"


def _addresses(stage: Stage, rounds: int) -> list[str]:
    """Return what stands before the @ of some people's addresses."""
    with stage.owner() as connection:
        rows = connection.execute(
            "SELECT split_part(email, '@', 1) FROM people_contact WHERE firm_id = %s ORDER BY id LIMIT %s",
            [stage.firm.id, rounds],
        ).fetchall()
    return [str(address) for [address] in rows]


def _typed(names: Sequence[str]) -> list[str]:
    return [name[:end] for name in names for end in range(1, len(name) + 1)]


def _plain(stage: Stage, rounds: int) -> float:
    """Return the same percentile of the plain way: ILIKE on names, by the owner role, without row-level security."""
    rng, taken = random.Random(7), []
    with stage.owner() as connection:
        for _ in range(max(3, rounds // 20)):
            begun = time.perf_counter()
            connection.execute(
                "SELECT id, name FROM people_contact WHERE firm_id = %s AND deleted_at IS NULL AND name ILIKE %s "
                "LIMIT 12",
                [stage.firm.id, f"%{_misspelt(rng)}%"],
            ).fetchall()
            taken.append((time.perf_counter() - begun) * 1000)
    return percentile(taken, 0.95)
