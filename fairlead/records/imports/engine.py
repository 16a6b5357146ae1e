"""Running an import: read a chunk, plan it, write it in one transaction with its mark; three writers, one reader.

A killed worker loses nothing: a chunk's rows, its counts, its errors and its mark commit together, the chunks are
always cut alike, and a run that starts again passes over those that are marked. Chunks that name the same person
are written one after the other, so the result does not depend on how many writers there are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

from fairlead.kernel.garbage import seldom_collected
from fairlead.records.duplicates import merging
from fairlead.records.imports import plug
from fairlead.records.imports.convert import Converter
from fairlead.records.imports.plug import Context, Moved, Plan, Session
from fairlead.records.imports.problems import Problem, as_json
from fairlead.records.imports.reading import Row, RowProblem, Source
from fairlead.records.models import ImportChunk, ImportRowError, ImportRun
from fairlead.tenancy.public import firm_context

CHUNK = 4_000
WRITERS = 3  # while one is prepared in Python, PostgreSQL works for the others
ATTEMPTS = 5
Records = list[Row | RowProblem]
Check = Callable[[], bool]


@dataclass
class Tally:
    """What a rehearsal found, in the words of the counts of a run."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    skipped: int = 0
    errors: int = 0
    rows: int = 0
    samples: list[dict[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=dict)


class Engine:
    """One run, from its first chunk that is not yet written to its last."""

    def __init__(self, run: ImportRun, source: Source, context: Context) -> None:
        self._run = run
        self._firm = context.by.firm_id
        self._source = source
        self._context = context
        self._session: Session = plug.importer_of(run.noun).session(context)
        self._converter = Converter(source.header(), context.columns, self._session.parsers())

    def run(self, stopped: Check) -> bool:
        """Write every chunk; return False when `stopped` said so before the end."""
        with firm_context(self._firm):
            done = set(ImportChunk.rows().filter(run=self._run).values_list("number", flat=True))
        # In somebody else's transaction (a test) a second connection would not see its rows.
        parallel = not connection.in_atomic_block
        crew = _Crew(self._write, self._again) if parallel else None
        with seldom_collected():
            try:
                for number, records in self._chunks():
                    if stopped():
                        return False
                    if number not in done:
                        self._chunk(number, records, crew)
                return True
            finally:
                if crew is not None:
                    crew.close()

    def rehearse(self, stopped: Check) -> Tally:
        """Return what the run would do, without writing anything."""
        tally, seen = Tally(), set[int]()
        for number, records in self._chunks():
            if stopped():
                break
            with firm_context(self._firm):
                plan = self._session.plan(self._converter.batch(number, records))
            _add(tally, plan)
            repeated = _repeated(plan, self._session, seen)
            tally.created -= repeated
            tally.merged += repeated
        return tally

    def _chunks(self) -> Iterator[tuple[int, Records]]:
        rows, number = self._source.rows(), 0
        while records := list(islice(rows, CHUNK)):
            yield number, records
            number += 1

    def _chunk(self, number: int, records: Records, crew: "_Crew | None") -> None:
        batch = self._converter.batch(number, records)
        if crew is None:
            with firm_context(self._firm):
                plan = self._session.plan(batch)
            self._write_once(plan)
            return
        keys = self._session.keys(batch)
        crew.wait_for(keys)
        with firm_context(self._firm):
            plan = self._session.plan(batch)
        crew.send(plan, keys, records)

    def _again(self, number: int, records: Records) -> None:
        """Plan and write a chunk anew whose records changed between its plan and its writing."""
        for attempt in range(ATTEMPTS):
            with firm_context(self._firm):
                plan = self._session.plan(self._converter.batch(number, records))
            try:
                self._write_once(plan)
            except Moved:
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                return

    def _write(self, plan: Plan) -> None:
        """Write a chunk in a writer's thread."""
        self._write_once(plan)

    def _write_once(self, plan: Plan) -> None:
        with firm_context(self._firm):
            _wait_for_no_disk()
            merging.hold_off()
            ImportChunk.objects.create(run=self._run, number=plan.batch.number, row_count=plan.batch.rows_read)
            self._session.write(plan)
            store_problems(self._run, plan.problems)
            ImportRun.rows().filter(pk=self._run.pk).update(
                rows_done=F("rows_done") + plan.batch.rows_read,
                created=F("created") + plan.created,
                updated=F("updated") + plan.updated,
                unchanged=F("unchanged") + plan.unchanged,
                merged=F("merged") + plan.merged,
                skipped=F("skipped") + plan.skipped,
                errors=F("errors") + len(plan.problems),
                report={**self._run.report, "made": _joined(self._run.report.get("made", {}), plan.made)},
            )


def _joined(before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what a run made before it was killed and what it has made since."""
    return {kind: list(dict.fromkeys([*before.get(kind, ()), *now.get(kind, ())])) for kind in {**before, **now}}


def _wait_for_no_disk() -> None:
    """Let this transaction commit before it is on disk: what a crash loses of it, its mark included, is done again."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


class _Crew:
    """The writers' threads, and which keys are in their hands."""

    def __init__(self, write: Callable[[Plan], None], again: Callable[[int, Records], None]) -> None:
        self._pool = ThreadPoolExecutor(WRITERS, thread_name_prefix="import")
        self._write = write
        self._again = again
        self._busy: dict[Future[None], tuple[set[str], int, Records]] = {}
        self._opened: list[BaseDatabaseWrapper] = []

    def wait_for(self, keys: set[str]) -> None:
        """Return when no writer holds one of the keys, and one of them is free."""
        while any(not keys.isdisjoint(held) for held, _, _ in self._busy.values()) or len(self._busy) > WRITERS:
            self._settle(wait(self._busy, return_when=FIRST_COMPLETED).done)

    def send(self, plan: Plan, keys: set[str], records: Records) -> None:
        """Hand a plan to a writer."""
        self._busy[self._pool.submit(self._work, plan)] = keys, plan.batch.number, records

    def close(self) -> None:
        """Wait for the writers; raise what one of them could not do."""
        try:
            while self._busy:
                self._settle(wait(self._busy, return_when=FIRST_COMPLETED).done)
        finally:
            self._pool.shutdown()
            for opened in self._opened:
                opened.close()

    def _settle(self, finished: set[Future[None]]) -> None:
        for future in finished:
            _, number, records = self._busy.pop(future)
            error = future.exception()
            if isinstance(error, Moved):
                self._again(number, records)
            elif error is not None:
                raise error

    def _work(self, plan: Plan) -> None:
        own = connections[DEFAULT_DB_ALIAS]  # this thread's, kept for its next chunk
        if own not in self._opened:
            own.inc_thread_sharing()  # it is closed by the thread that ends the crew
            self._opened.append(own)
        self._write(plan)


def store_problems(run: ImportRun, problems: Sequence[Problem]) -> None:
    """Keep rows that were left out, whole: they are corrected and brought in again."""
    ImportRowError.objects.bulk_create(
        (
            ImportRowError(run=run, line=p.line, column=p.faults[0].column, message=p.faults[0].message,
                           faults=as_json(p.faults), cells=_storable(p.cells))
            for p in problems
        ),
        batch_size=2_000,
    )  # fmt: skip


def _storable(cells: Sequence[str]) -> list[str]:
    return [cell.replace("\x00", "") for cell in cells]


def _add(tally: Tally, plan: Plan) -> None:
    tally.created += plan.created
    tally.updated += plan.updated
    tally.unchanged += plan.unchanged
    tally.merged += plan.merged
    tally.skipped += plan.skipped
    tally.errors += len(plan.problems)
    tally.rows += plan.batch.rows_read
    tally.samples = (tally.samples + plan.samples)[:20]
    tally.problems = (tally.problems + plan.problems)[:100]
    tally.made = plan.made


def _repeated(plan: Plan, session: Session, seen: set[int]) -> int:
    """Return how many new records of the chunk an earlier chunk would have made already."""
    hashes = {hash(key) for key in session.new_keys(plan)}
    again = len(hashes & seen)
    seen |= hashes
    return again
