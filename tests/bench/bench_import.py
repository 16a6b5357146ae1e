"""Import: 100,000 new contacts into a firm that holds a million, beside a plain Python upsert of the same rows.

Twelve columns, five of them custom fields, and tags; dedupe by email, validation, events and revert log included.
The baseline parses the same file, copies it into a temporary table and upserts it into a plain table with the same
unique key and as many rows, with no index, event or check beyond that key.
"""

import csv
import random
import resource
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from fairlead.kernel.garbage import settle
from tests.bench.figures import Figure, Watch, benchmark, watch
from tests.bench.stage import Stage

ROWS = 100_000
HEADER = ("Email", "First Name", "Last Name", "Phone Number", "Company Name", "City", "Tags",
          "Service level", "Annual revenue", "Client since", "Services", "Newsletter active")  # fmt: skip
FIRST = "Anna Ben Chloe David Elena Frank Greta Henry Ines Jonas Klara Liam Maria Noah Olga Paul Rosa Stefan".split()
LAST = "Abbott Bauer Castillo Dubois Eriksson Fischer Garcia Hoffmann Ivanova Jansen Kowalski Lindqvist Novak".split()
WRITTEN = (
    "people_contact", "people_contactemail", "people_contactphone", "people_company", "people_tagging",
    "records_fieldvalue", "records_importchange", "events_event",
)  # fmt: skip
CITIES = "Berlin Hamburg München Köln Wien Zürich Paris Lyon Madrid Sevilla London Leeds".split()


@benchmark("import")
def imports(stage: Stage) -> Iterator[Figure]:
    """Measure rows a second and the process's memory."""
    count = stage.scaled(ROWS, 2_000)
    with TemporaryDirectory() as folder, psycopg.connect(stage.owner_url, autocommit=True) as owner:
        file = Path(folder) / f"contacts-{count}.csv"
        write_file(file, count)
        owner.execute(f"VACUUM (ANALYZE) {', '.join(WRITTEN)}")  # as the baseline's table is
        try:
            plain = baseline(owner, file, stage.contacts)
            ours = run_import(stage, file, count)
        finally:
            tidy(owner)
    yield Figure("import: new contacts", ours.per_second(count), "rows/s", plain.per_second(count), ratio_from=0.35)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("import: memory of the worker", memory, "MB", at_most=400)


def write_file(path: Path, count: int, seed: int = 1) -> None:
    """Write `count` people: most with a company, a third of the phones in international form."""
    random.seed(seed)
    companies = [f"{random.choice(LAST)} {random.choice(('GmbH', 'Ltd', 'SA', 'Partners'))} {n}" for n in range(5_000)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for n in range(count):
            first, last = random.choice(FIRST), random.choice(LAST)
            phone = f"+49 30 {random.randrange(10**6, 10**7)}" if n % 3 else f"+4989{random.randrange(10**6, 10**7)}"
            writer.writerow((
                f"{first}.{last}.{random.randrange(36**8):x}@import.example".lower(), f"{first} {n % 700}", last, phone,
                random.choice(companies), random.choice(CITIES),
                random.choice(("vip", "client, vip", "webinar-2025", "", "client, engaged, newsletter")),
                random.choice(("gold", "silver", "bronze")), f"{random.randrange(10**6)}.{random.randrange(10, 100)}",
                f"20{random.randrange(10, 27)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
                random.choice(("Tax", "Tax;Audit", "Strategy;Operations;IT", "Audit")),
                random.choice(("yes", "no")),
            ))  # fmt: skip


def baseline(owner: Any, file: Path, contacts: int) -> Watch:
    """Upsert the file into a plain table that holds as many rows as the firm."""
    columns = "email, first, last, phone, company, city, tags, tier, revenue, since, services, active"
    texts = ", ".join(f"{c.strip()} text" for c in columns.split(","))
    firm = "00000000-0000-7000-8000-000000000001"
    owner.execute("DROP TABLE IF EXISTS bench_plain")
    owner.execute(
        f"CREATE TABLE bench_plain (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), firm uuid, {texts}, "
        "UNIQUE (firm, email))"
    )
    owner.execute(
        "INSERT INTO bench_plain (firm, email, first, last, phone, city) SELECT %s, 'person' || n || '@seed.example', "
        "'Anna', 'Bauer' || n %% 5000, '+4930' || n, 'Berlin' FROM generate_series(1, %s) n",
        [firm, contacts],
    )
    owner.execute("VACUUM ANALYZE bench_plain")
    updates = ", ".join(f"{c.strip()} = excluded.{c.strip()}" for c in columns.split(",")[1:])
    with watch() as measured, owner.transaction():
        owner.execute(f"CREATE TEMP TABLE incoming ({texts}) ON COMMIT DROP")
        with owner.cursor().copy("COPY incoming FROM STDIN") as copy, file.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows)
            for row in rows:
                copy.write_row(row)
        owner.execute(
            f"INSERT INTO bench_plain (firm, {columns}) SELECT %s, {columns} FROM incoming "
            f"ON CONFLICT (firm, email) DO UPDATE SET {updates}",
            [firm],
        )
    owner.execute("DROP TABLE bench_plain")
    return measured


def run_import(stage: Stage, file: Path, count: int) -> Watch:
    """Import the file as the worker does; raise when a row is missing."""
    from fairlead.records.imports.public import import_file

    actor = stage.actor
    settle()  # as the worker does when it starts
    with file.open("rb") as stream, watch() as measured:
        found = import_file("contacts", stream, name=file.name, by=actor)
    if (found["created"], found["errors"]) != (count, 0):
        raise RuntimeError(f"The import went wrong: {found['created']} created, {found['problems'][:3]}")
    return measured


def tidy(owner: Any) -> None:
    """Take out what the import made, as the owner role, which no policy binds."""
    owner.execute("ANALYZE records_importchange")
    owner.execute("DELETE FROM records_fieldvalue WHERE record_id IN (SELECT record_id FROM records_importchange)")
    for table in ("people_contactemail", "people_contactphone", "people_listsubscription"):
        owner.execute(f"DELETE FROM {table} WHERE contact_id IN (SELECT record_id FROM records_importchange)")
    owner.execute("DELETE FROM people_tagging WHERE record_id IN (SELECT record_id FROM records_importchange)")
    owner.execute("DELETE FROM events_event WHERE subject_id IN (SELECT record_id FROM records_importchange)")
    owner.execute("DELETE FROM people_contact WHERE id IN (SELECT record_id FROM records_importchange)")
    owner.execute("DELETE FROM people_company WHERE id IN (SELECT record_id FROM records_importchange)")
    for table in ("records_importchange", "records_importchunk", "records_importrowerror", "records_importrun"):
        owner.execute(f"DELETE FROM {table}")
    labels = list(HEADER[7:])
    owner.execute("DELETE FROM records_customfield WHERE label = ANY(%s)", [labels])
    owner.execute("DELETE FROM people_tag t WHERE NOT EXISTS (SELECT 1 FROM people_tagging WHERE tag_id = t.id)")
