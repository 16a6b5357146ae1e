"""The search for duplicates through a million contacts, and the answer to somebody who types a new one."""

from collections.abc import Iterator

from tests.bench.figures import Figure, benchmark, median_ms, watch
from tests.bench.stage import Stage

MINUTES = 10
TYPED = {"first_name": "Bob", "last_name": "Smith", "email": "bob.smith9@company9.example", "phone": "+14150000009"}


@benchmark("duplicates")
def duplicates(stage: Stage) -> Iterator[Figure]:
    """Search all contacts once, as the job does, then ask for the duplicates of one that is being typed."""
    from fairlead.records.duplicates.public import candidates, scanning
    from fairlead.records.models import DuplicateScan
    from fairlead.records.public import nouns
    from fairlead.tenancy.public import firm_context

    firm, actor, contact = stage.firm, stage.actor, nouns.get("contact")
    with firm_context(firm.id):
        DuplicateScan.rows().delete()
        scan = scanning.start_scan(contact, by=actor)
    with watch() as searched:
        while scanning.advance(firm.id, scan.id):
            pass
    with firm_context(firm.id):
        done = DuplicateScan.rows().get(pk=scan.id)
        yield Figure("duplicates: search through all", searched.seconds, "s", at_most=MINUTES * 60)
        yield Figure("duplicates: pairs compared", done.compared, "pairs")
        yield Figure("duplicates: pairs found", done.found, "pairs")
        typed = median_ms(lambda: candidates.suspects(contact, TYPED, by=actor), rounds=25)
        yield Figure("duplicates: hint while typing", typed, "ms", at_most=100)
