"""The search for duplicates through all contacts, and the answer to somebody who types a new one.

In the big firm hardly any two are alike, but thousands share a name or an employer; the firm `doubles` has every tenth
contact twice: the same person with another address.
"""

from collections.abc import Iterator
from typing import Any

from tests.bench import data
from tests.bench.figures import Figure, benchmark, median_ms, watch
from tests.bench.stage import Stage

DOUBLES, PER_MILLION = 100_000, 600  # seconds
TYPED = {"first_name": "Bob", "last_name": "Smith", "email": "bob.smith9@company9.example", "phone": "+14150000009"}
ENDINGS = "er son sen man mann berg ton ley ova ski ini elli ard eau ez ides quist dottir well wood field ford".split()


@benchmark("duplicates")
def duplicates(stage: Stage) -> Iterator[Figure]:
    """Search all contacts, as the job does: the first time, and again; ask for the duplicates of one being typed."""
    from fairlead.records.duplicates.public import candidates
    from fairlead.records.public import nouns
    from fairlead.tenancy.public import firm_context

    doubles, count = _doubles(stage), stage.scaled(DOUBLES)
    with stage.owner() as connection:
        connection.execute("TRUNCATE records_duplicatekey")  # as before the first search
    for firm, records, word in ((stage.firm, stage.contacts, "all"), (doubles, count, "every tenth twice")):
        seconds, done = _searched(firm)
        yield Figure(f"duplicates: {word}, search", seconds, "s", at_most=max(1, PER_MILLION * records / 1e6))
        yield Figure(f"duplicates: {word}, pairs compared", done.compared, "pairs")
        least = records // 11 if firm == doubles else None
        yield Figure(f"duplicates: {word}, pairs found", done.found, "pairs", at_least=least)
        again, _ = _searched(firm)
        yield Figure(f"duplicates: {word}, search again", again, "s", at_most=max(1, PER_MILLION * records / 1e6))
    with firm_context(stage.firm.id):
        actor = stage.actor
        typed = median_ms(lambda: candidates.suspects(nouns.get("contact"), TYPED, by=actor), rounds=25)
        yield Figure("duplicates: hint while typing", typed, "ms", at_most=100)


def _searched(firm: Any) -> tuple[float, Any]:
    """Search through everything; return the seconds and the search."""
    from fairlead.accounts.public import Membership, actor_by_id
    from fairlead.records.duplicates.public import DuplicateScan, scanning
    from fairlead.records.public import nouns
    from fairlead.tenancy.public import firm_context

    with firm_context(firm.id):
        DuplicateScan.rows().delete()
        by = actor_by_id(Membership.rows().earliest("created_at").id)
        scan = scanning.start_scan(nouns.get("contact"), by=by)
    with watch() as searched:
        while scanning.advance(firm.id, scan.id):
            pass
    with firm_context(firm.id):
        return searched.seconds, DuplicateScan.rows().get(pk=scan.id)


def _doubles(stage: Stage) -> Any:
    """Return the firm in which every tenth contact is there twice; make it where it is missing."""
    from fairlead.tenancy.public import Firm

    found = Firm.objects.filter(slug="doubles").first()
    if found is not None:
        return found
    firm, count = data.firm("doubles", "Doubles"), stage.scaled(DOUBLES)
    with stage.owner() as connection, connection.cursor() as cursor:
        _people(cursor, firm, count)
        connection.execute("VACUUM (ANALYZE, PARALLEL 0) people_contact, people_contactemail")
    return firm


def _people(cursor: Any, firm: Any, count: int) -> None:
    from fairlead.people import models as people

    companies = max(1, count // 20)
    data.insert(cursor, people.Company, f"generate_series(0, {companies - 1}) n", {
        "id": "md5('doubles company ' || n)::uuid", "firm_id": f"'{firm.id}'", "name": "'Company ' || n",
        "sort_key": "'company ' || n", "created_at": "now()", "updated_at": "now()",
    })  # fmt: skip
    last = f"{data.pick(data.LAST, 'hashint4(m * 3 + 1)')} || {data.pick(ENDINGS, 'hashint4(m * 7 + 2)')}"
    base = f"""(SELECT n, {data.pick(data.FIRST, "hashint4(m)")} AS first, {last} AS last,
        md5('doubles company ' || (hashint4(m + 5) & 1073741823) % {companies})::uuid AS company
        FROM (SELECT n, n - (n % 10 = 0)::int AS m FROM generate_series(1, {count}) n) numbers) base"""
    address = "lower(first || '.' || last || n) || '@mail' || n % 7 || '.example'"
    data.insert(cursor, people.Contact, base, {
        "id": data.contact_id(firm), "firm_id": f"'{firm.id}'", "first_name": "first", "last_name": "last",
        "name": "first || ' ' || last", "sort_key": "lower(last || ' ' || first)", "company_id": "company",
        "email": address, "email_norm": address, "created_at": "now()", "updated_at": "now()",
    })  # fmt: skip
    data.insert(cursor, people.ContactEmail, base, {
        "id": "md5('doubles email ' || n)::uuid", "firm_id": f"'{firm.id}'", "contact_id": data.contact_id(firm),
        "address": address, "address_norm": address, "is_primary": "true", "created_at": "now()", "updated_at": "now()",
    })  # fmt: skip
