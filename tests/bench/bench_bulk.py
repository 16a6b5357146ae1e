"""Bulk actions over a filtered set of a million contacts, each taken back again: chunks, events, undo log included.

The baseline is one UPDATE of the same rows by the owner role, rolled back: no event, no undo, no progress.
"""

from collections.abc import Iterator
from typing import Any

from tests.bench.figures import Figure, Watch, benchmark, watch
from tests.bench.stage import Stage

CITIES = 18  # of 900
VERBS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("tag", {"names": ["Bench tag of a bulk action"]}),
    ("set", {"field": "language", "value": "fr"}),
    ("owner", {}),
    ("delete", {}),
)


@benchmark("bulk")
def bulk(stage: Stage) -> Iterator[Figure]:
    """Measure records a second of each verb and of its undo."""
    cities = [f"City {number}" for number in range(CITIES)]
    with stage.owner() as owner:
        [start] = owner.execute("SELECT clock_timestamp()").fetchone() or [None]
        try:
            plain, count = _plain(owner, stage, cities)
            for verb, params in VERBS:
                done, undone = _run(stage, verb, params, cities, count)
                yield Figure(
                    f"bulk: {verb}", done.per_second(count), "contacts/s", plain.per_second(count), at_least=1_000
                )
                yield Figure(f"bulk: {verb}, undo", undone.per_second(count), "contacts/s", at_least=1_000)
        finally:
            owner.execute("DELETE FROM events_event WHERE firm_id = %s AND recorded_at >= %s", [stage.firm.id, start])
            owner.execute("DELETE FROM records_bulkchunk")
            owner.execute("DELETE FROM records_bulkrun")


def _plain(owner: Any, stage: Stage, cities: list[str]) -> tuple[Watch, int]:
    with watch() as measured, owner.transaction(force_rollback=True):
        count = owner.execute(
            "UPDATE people_contact SET language = 'fr', updated_at = now() WHERE firm_id = %s AND city = ANY(%s) "
            "AND deleted_at IS NULL",
            [stage.firm.id, cities],
        ).rowcount
    return measured, count


def _run(stage: Stage, verb: str, params: dict[str, Any], cities: list[str], count: int) -> tuple[Watch, Watch]:
    """Apply a verb to all of them as the worker does, and take it back."""
    from fairlead.records.actions.bulk import start_bulk, undo_bulk
    from fairlead.records.bulk import running
    from fairlead.records.models import BulkRun
    from fairlead.records.public import nouns
    from fairlead.tenancy.public import firm_context

    actor, firm, watches = stage.actor, stage.firm, []
    criteria = {"field": "city", "op": "in", "value": cities}
    if verb == "owner":
        params = {"owner": str(actor.membership_id)}
    with firm_context(firm.id):
        run = start_bulk(nouns.get("contact"), verb, params, by=actor, criteria=criteria)
    for begin in (None, undo_bulk):
        with firm_context(firm.id):
            if begin:
                begin(run.pk, by=actor)
        with watch() as measured:
            while running.advance(firm.id, run.pk):
                pass
        watches.append(measured)
        with firm_context(firm.id):
            found = BulkRun.rows().get(pk=run.pk)
        if found.failed or found.total != count:
            raise RuntimeError(f"{found.label}: {found.total} of {count}, {found.failed} failed. {found.message}")
    return watches[0], watches[1]
