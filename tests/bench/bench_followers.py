"""What follows an import: search, duplicates, segments and the rest read its events and catch up.

The baseline is the import itself. One process feeds them here, as one worker does, in a firm with 200 segments.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.bench_import import run_import, tidy, write_file
from tests.bench.bench_log import wait_for_horizon
from tests.bench.figures import Figure, benchmark, watch
from tests.bench.stage import Stage

ROWS = 20_000


@benchmark("followers")
def followers(stage: Stage) -> Iterator[Figure]:
    """Import, then let each consumer read what was written."""
    from fairlead.events import consumers
    from fairlead.events.consuming import line

    count = stage.scaled(ROWS, 1_000)
    with TemporaryDirectory() as folder, stage.owner() as owner:
        file = Path(folder) / f"contacts-{count}.csv"
        write_file(file, count, seed=2)
        known = consumers.registered()
        for consumer in known:
            line.introduce(consumer)
        _all_read(owner)
        try:
            imported = run_import(stage, file, count).seconds
            wait_for_horizon(owner)
            while line.dispatch() > 0:
                pass
            taken = {consumer.name: _caught_up(consumer, stage) for consumer in known}
        finally:
            _forget(owner)
            tidy(owner)
    of_many = 100_000 / count
    for name, seconds in sorted(taken.items(), key=lambda pair: -pair[1]):
        yield Figure(f"followers: {name}", seconds * of_many, "s", imported * of_many)
    everybody = sum(taken.values()) * of_many
    yield Figure("followers: all, of 100,000 new contacts", everybody, "s", imported * of_many, at_most=300)


def _all_read(owner: Any) -> None:
    """The filled log counts as read by everybody."""
    owner.execute("UPDATE log_dispatched SET generation = 0, tx = (SELECT max(tx) FROM events_event)")
    owner.execute(
        "UPDATE events_consumer SET (start_generation, start_tx) = "
        "(SELECT log_generation(), pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)"
    )
    owner.execute("DELETE FROM events_cursor")


def _caught_up(consumer: Any, stage: Stage) -> float:
    """Let a consumer read to the end of the line; return the seconds."""
    from fairlead.events.consuming import line
    from fairlead.events.consuming.batch import Outcome, consume

    with watch() as measured:
        while firms := line.behind(consumer):
            for firm_id in firms:
                if consume(consumer, firm_id) == Outcome.FAILED:
                    raise RuntimeError(f"{consumer.name} failed; see events_cursor.error")
    return measured.seconds


def _forget(owner: Any) -> None:
    """Take out what the consumers made of the imported records."""
    made = "(SELECT record_id FROM records_importchange)"
    owner.execute(f"DELETE FROM search_document WHERE record_id IN {made}")
    owner.execute(f"DELETE FROM records_duplicatekey WHERE record_id IN {made}")
    owner.execute(f"DELETE FROM records_duplicatecandidate WHERE low_id IN {made} OR high_id IN {made}")
