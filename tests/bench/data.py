"""The data: a firm with a million contacts and ten million events, and a small one beside it.

Everything is written by the owner role in a few statements of INSERT … SELECT generate_series, without indexes where
that is faster: about five minutes. A room that keeps more about contacts (a search table, values of custom fields)
adds its own with `@filler`.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from tests.bench.figures import watch
from tests.bench.stage import Stage

SMALL_FIRM = 100  # the other firm has a hundredth of the contacts
FIRST = (
    "Anna Ben Carla David Elena Frank Greta Henry Ines Jonas Klara Liam Maria Noah Olga Paul Quinn Rosa Stefan Tara "
    "Umar Vera William Xenia Yusuf Zoe Amelie Bjorn Chloe Dmitri Esther Felix Gianna Hugo Isabel Jakub Katharina Lars "
    "Mateo Nadia Oscar Petra Rafael Sophie Tomas Ursula Viktor Wanda Ximena Yara"
).split()
LAST = (
    "Abbott Bauer Castillo Dubois Eriksson Fischer Garcia Hoffmann Ivanova Jansen Kowalski Lindqvist Moreau Novak "
    "Oliveira Petrov Quintero Rossi Schneider Tanaka Ullmann Varga Weber Xu Yamamoto Zimmermann Andersen Becker "
    "Carvalho Dimitrov Evans Ferrari Gruber Haugen Ibrahim Johansson Keller Larsen Martinez Nielsen Okafor Popescu "
    "Richter Silva Thompson Urban Vogel Wagner Young Zhang"
).split()
COUNTRIES = "US GB DE FR ES IT NL SE PL BR".split()
STAGES = "subscriber lead marketing_qualified sales_qualified prospect client former_client other".split()
TAGS = 50
EVENT_TYPES = (  # per hundred events
    ["contact.created"] * 10
    + ["contact.updated"] * 15
    + ["record.tagged"] * 10
    + ["note.written"] * 5
    + ["email.opened"] * 35
    + ["email.clicked"] * 10
    + ["page.viewed"] * 15
)
Filler = Callable[[psycopg.Cursor[Any], Stage, Any], None]
fillers: list[Filler] = []


def filler(function: Filler) -> Filler:
    """Register what fills a room's own tables: called with a cursor of the owner role, the stage and the big firm."""
    fillers.append(function)
    return function


def fill(stage: Stage) -> None:
    """Fill the database unless that was done before."""
    from fairlead.tenancy.public import Firm

    if Firm.objects.filter(slug="bench", name=_mark(stage)).exists():
        return
    if Firm.objects.filter(slug="bench").exists():
        sys.exit("The benchmark database holds other data (or half of it). Start again with --fresh.")
    big, small = firm("bench", "Filling"), firm("small", "Small firm")
    with watch() as measured, stage.owner() as connection, connection.cursor() as cursor:
        contacts(cursor, big, stage.contacts)
        contacts(cursor, small, max(10, stage.contacts // SMALL_FIRM))
        events(cursor, big, stage.contacts, stage.events)
        for more in fillers:
            more(cursor, stage, big)
        connection.execute("VACUUM (ANALYZE, PARALLEL 0)")
    Firm.objects.filter(pk=big.pk).update(name=_mark(stage))
    print(f"# filled {stage.contacts:,} contacts and {stage.events:,} events in {measured.seconds:.0f} s", flush=True)


def _mark(stage: Stage) -> str:
    return f"Bench {stage.contacts} {stage.events}"


def firm(slug: str, name: str) -> Any:
    from fairlead.accounts.public import Membership, User
    from fairlead.tenancy.public import Firm, Role, firm_context

    firm = Firm.objects.create(slug=slug, name=name)
    user = User.objects.create_user(f"owner@{slug}.example", None, first_name="Olivia", last_name="Owner")
    with firm_context(firm.id):
        Membership.objects.create(user=user, role=Role.OWNER.key)
    return firm


def contact_id(firm: Any, number: str = "n") -> str:
    """Return the SQL of the id of the contact `number` (an SQL expression, 1 …)."""
    return f"md5('{firm.slug} contact ' || {number})::uuid"


def contacts(cursor: psycopg.Cursor[Any], firm: Any, count: int) -> None:
    """Write companies (one for twenty contacts), contacts, addresses, phones and taggings of a firm."""
    from fairlead.people import models as people

    companies, owner = max(1, count // 20), _owner(cursor, firm)
    insert(cursor, people.Company, f"generate_series(1, {companies}) n", {
        "id": f"md5('{firm.slug} company ' || n)::uuid", "firm_id": f"'{firm.id}'",
        "name": "'Company ' || n", "sort_key": "'company ' || n", "domain": "'company' || n || '.example'",
        "created_at": _moment("n", companies), "updated_at": "now()", "owner_id": owner,
    })  # fmt: skip
    # Multipliers without a common divisor with the lengths mix first and last names.
    base = f"""(SELECT n, {pick(FIRST, "n * 7")} AS first, {pick(LAST, "n / 50 + n * 3")} AS last,
        (md5('{firm.slug} company ' || (n % {companies} + 1)))::uuid AS company
        FROM generate_series(1, {count}) n) base"""
    address = "lower(first || '.' || last || n) || '@company' || (n % 5000) || '.example'"
    phone = "'+1415' || lpad(n::text, 7, '0')"
    with without_indexes(cursor, "people_contact"):
        insert(cursor, people.Contact, base, {
            "id": contact_id(firm), "firm_id": f"'{firm.id}'", "first_name": "first", "last_name": "last",
            "name": "first || ' ' || last", "sort_key": "lower(last || ' ' || first)", "company_id": "company",
            "email": address, "email_norm": address, "phone": phone, "owner_id": owner,
            "country": pick(COUNTRIES, "n"), "lifecycle": pick(STAGES, "n / 3"), "city": "'City ' || n % 900",
            "created_at": _moment("n", count), "updated_at": _moment("n", count),
            "last_activity_at": f"CASE WHEN n % 3 = 0 THEN {_moment('n', count)} END",
        })  # fmt: skip
    _channels(cursor, firm, base, address, phone)
    tags(cursor, firm, count)


def _channels(cursor: psycopg.Cursor[Any], firm: Any, base: str, address: str, phone: str) -> None:
    from fairlead.people import models as people

    parts = [
        (people.ContactEmail, "email", {"address": address, "address_norm": address, "is_primary": "true"}),
        (people.ContactPhone, "phone", {"number": phone, "e164": phone, "is_primary": "true"}),
    ]
    for model, word, columns in parts:
        insert(cursor, model, base, {
            "id": f"md5('{firm.slug} {word} ' || n)::uuid", "firm_id": f"'{firm.id}'", "contact_id": contact_id(firm),
            "created_at": "now()", "updated_at": "now()", **columns,
        })  # fmt: skip


def tags(cursor: psycopg.Cursor[Any], firm: Any, count: int) -> None:
    """Write 50 tags; each contact carries one or two, the first tags are the most frequent."""
    from fairlead.people import models as people

    insert(cursor, people.Tag, f"generate_series(1, {TAGS}) n", {
        "id": f"md5('{firm.slug} tag ' || n)::uuid", "firm_id": f"'{firm.id}'", "name": "'Tag ' || n",
        "name_norm": "'tag ' || n", "created_at": "now()", "updated_at": "now()",
    })  # fmt: skip
    for turn, step in ((1, 1), (2, 3)):
        number = f"(1 + least({TAGS - 1}, floor({TAGS} * power((hashint4(n * {turn}) & 1048575) / 1048576.0, 2))::int))"
        insert(cursor, people.Tagging, f"generate_series(1, {count}, {step}) n", {
            "id": f"md5('{firm.slug} tagging {turn} ' || n)::uuid", "firm_id": f"'{firm.id}'",
            "tag_id": f"md5('{firm.slug} tag ' || {number})::uuid", "noun": "'contact'",
            "record_id": contact_id(firm), "created_at": "now()", "updated_at": "now()",
        }, "ON CONFLICT DO NOTHING")  # fmt: skip
    cursor.execute(
        "UPDATE people_tag t SET usage_count = c.n FROM (SELECT tag_id, count(*) n FROM people_tagging "
        "GROUP BY tag_id) c WHERE c.tag_id = t.id"
    )


def events(cursor: psycopg.Cursor[Any], firm: Any, contacts: int, count: int) -> None:
    """Write the events of the last year, evenly spread over time and contacts; they count as generation 0."""
    cursor.execute("SELECT log_make_partition(now() - n * interval '1 month') FROM generate_series(0, 13) n")
    moment = _moment("n", count)
    who = contact_id(firm, f"((n::bigint * 7919) % {contacts} + 1)")
    with without_indexes(cursor, "events_event"):
        cursor.execute(f"""
            INSERT INTO events_event (id, firm_id, type, occurred_at, recorded_at, actor_kind, actor_label, via,
                subject_noun, subject_id, contact_id, data, verdict, generation, tx)
            SELECT md5('{firm.slug} event ' || n)::uuid, '{firm.id}', {pick(EVENT_TYPES, "hashint4(n) & 1048575")},
                {moment}, {moment}, 'system', 'Fairlead', 'system', 'contact', {who}, {who},
                jsonb_build_object('campaign', 'c' || n % 40), 'human', 0, n / 20
            FROM generate_series(1, {count}) n""")


def insert(cursor: psycopg.Cursor[Any], model: Any, source: str, columns: Mapping[str, str], more: str = "") -> None:
    """Write a row for each of `source`: `columns` are SQL expressions, the other fields get the model's defaults."""
    values = dict(columns)
    for field in model._meta.concrete_fields:
        if field.column not in values and not field.generated and not field.has_db_default():
            default = field.get_default()
            values[field.column] = sql.Literal(
                None if field.null and default is None else _plain(field, default)
            ).as_string(cursor)
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(values.values())} FROM {source} {more}"
    )


def _plain(field: Any, value: Any) -> Any:
    if field.get_internal_type() == "JSONField":
        return "{}" if value == {} else "[]"
    return str(value) if field.get_internal_type() == "FileField" else value


def _owner(cursor: psycopg.Cursor[Any], firm: Any) -> str:
    cursor.execute("SELECT id FROM accounts_membership WHERE firm_id = %s LIMIT 1", [firm.id])
    return f"'{cursor.fetchone()[0]}'"


def pick(words: list[str], number: str) -> str:
    return f"('{{{','.join(words)}}}'::text[])[1 + abs({number}) % {len(words)}]"


def _moment(number: str, count: int) -> str:
    """Return the SQL of a moment in the last year: the first of `count` is the oldest."""
    return f"(now() - interval '360 days' * (1 - {number}::float8 / {count}))"


@contextmanager
def without_indexes(cursor: psycopg.Cursor[Any], table: str) -> Any:
    """Drop the plain indexes of `table` and make them again afterwards: filling is several times faster."""
    cursor.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = %s::regclass AND NOT indisunique""",
        [table],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in found:
        cursor.execute(definition.replace(" ON ONLY ", " ON "))
