"""Running a bulk action: freeze the selection, then one transaction a chunk, so that a crash loses nothing.

A chunk's work and its mark commit together. Whoever runs the job again goes on with the first chunk still to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from fairlead.accounts.public import actor_again
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import FairleadError, Forbidden
from fairlead.records import nouns
from fairlead.records.bulk.generic import each
from fairlead.records.bulk.verbs import Applied, Verb, get
from fairlead.records.duplicates import merging
from fairlead.records.listing import narrowed
from fairlead.records.models import BulkChunk, BulkRun
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, Via, firm_context

State = BulkRun.State
ACTIVE = (State.QUEUED, State.RUNNING, State.UNDOING)


def advance(firm_id: UUID, run_id: UUID) -> bool:
    """Do the next piece of a run in one transaction; False when nothing is left to do."""
    with firm_context(firm_id):
        # Locked, so that two workers never work on one run, and that who stops it knows where it stopped.
        run: BulkRun = BulkRun.rows().select_for_update(no_key=True).get(pk=run_id)
        if run.state not in ACTIVE:
            return False
        try:
            return _go_on(run, actor_of(run))
        except FairleadError as error:  # no longer allowed; or the list to be taken back is in the archive by now
            fail(firm_id, run_id, error.message)
            return False


def _go_on(run: BulkRun, by: Actor) -> bool:
    """Do the next piece; False when that was the last."""
    noun = nouns.get(run.noun)
    verb = get(run.verb, noun)
    if run.state == State.QUEUED:
        return _freeze(run, noun, verb, by)
    chunk = _next_chunk(run)
    if chunk is None:
        _finish(run, by)
        return False
    if run.state == State.RUNNING:
        _apply(run, chunk, noun, verb, by)
    else:
        with transaction.atomic():
            _undo(run, chunk, noun, verb, by)
    return True


def cancel(run_id: UUID, *, by: Actor, states: Sequence[str] = (State.QUEUED, State.RUNNING)) -> None:
    """Stop a run in one of these states after the chunk it is at; what it did stays and can be undone."""
    run = BulkRun.rows().select_for_update(no_key=True).filter(pk=run_id, state__in=states).first()
    if run is not None:
        run.state, run.cancelled_by_id = State.CANCELLED, by.membership_id
        run.cancelled_at = run.finished_at = clock.now()
        run.save(update_fields=["state", "cancelled_by", "cancelled_at", "finished_at", "updated_at"])
        record("bulk.cancelled", by=by, subject=("bulk", run.id), data={"label": run.label, "noun": run.noun})


def fail(firm_id: UUID, run_id: UUID, message: str) -> None:
    """Give a run up; what it did stays and can be undone."""
    with firm_context(firm_id):
        rows = BulkRun.rows().filter(pk=run_id, state__in=ACTIVE)
        rows.update(state=State.FAILED, message=message, finished_at=clock.now(), updated_at=clock.now())


def actor_of(run: BulkRun) -> Actor:
    """Return who asked for the run, with the rights that person has now; a program within its scopes."""
    if run.membership_id is None:
        raise Forbidden("Who started this is no longer a member of the firm.")
    return replace(actor_again(run.membership_id, run.program), via=cast(Via, run.via))


def selected(run: BulkRun, noun: Noun, by: Actor) -> QuerySet[Any]:
    """Return the rows that the run was asked for."""
    rows = noun.visible(by)
    if "ids" in run.selection:
        return rows.filter(pk__in=[UUID(pk) for pk in run.selection["ids"]])
    return narrowed(noun, rows, by, criteria=run.selection.get("criteria"), query=run.selection.get("query", ""))


_FREEZE = """
INSERT INTO records_bulkchunk
    (id, firm_id, created_at, updated_at, run_id, number, record_ids, state, previous, failures)
SELECT gen_random_uuid(), %s, %s, %s, %s, (r.place - 1) / %s, array_agg(r.id ORDER BY r.place), 'todo', '{{}}', '[]'
FROM (SELECT s.id, row_number() OVER (ORDER BY s.id) AS place FROM ({rows}) AS s(id)) r
GROUP BY (r.place - 1) / %s
"""


def _freeze(run: BulkRun, noun: Noun, verb: Verb, by: Actor) -> bool:
    """Write down which records are meant, once, so that what the verb changes does not move the selection."""
    size = verb.chunk
    rows, params = selected(run, noun, by).order_by().values("pk").query.sql_with_params()
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_FREEZE.format(rows=rows), [run.firm_id, now, now, run.pk, size, *params, size])
        cursor.execute(
            "SELECT coalesce(sum(cardinality(record_ids)), 0) FROM records_bulkchunk "
            "WHERE firm_id = %s AND run_id = %s",
            [run.firm_id, run.pk],
        )
        total = cursor.fetchone()[0]
    BulkRun.rows().filter(pk=run.pk).update(state=State.RUNNING, total=total)
    return True


def _next_chunk(run: BulkRun) -> BulkChunk | None:
    rows = BulkChunk.rows().filter(run=run)
    if run.state == State.RUNNING:
        return rows.filter(state=BulkChunk.State.TODO).order_by("number").first()
    return rows.filter(state=BulkChunk.State.DONE).order_by("-number").first()


def _apply(run: BulkRun, chunk: BulkChunk, noun: Noun, verb: Verb, by: Actor) -> None:
    # What was merged since the selection was frozen is meant in its winner, but for verbs that would destroy it.
    merging.hold_off()
    ids = chunk.record_ids if verb.danger else merging.successors(chunk.record_ids)
    try:
        with transaction.atomic():
            applied = verb.apply(noun, ids, run.params, by)
    except Forbidden:
        raise
    except (FairleadError, IntegrityError):
        applied = _one_by_one(ids, noun, verb, run.params, by)
    chunk.state = BulkChunk.State.DONE
    _keep(run, chunk, applied)


def _one_by_one(ids: Sequence[UUID], noun: Noun, verb: Verb, params: Mapping[str, Any], by: Actor) -> Applied:
    """Find out which records a verb fails for."""
    previous: dict[str, Any] = {}
    count = 0

    def one(record_id: UUID) -> Any:
        nonlocal count
        applied = verb.apply(noun, [record_id], params, by)
        count += applied.changed
        previous.update(applied.previous)

    failures = each(ids, one).failures  # first of all: it is what counts
    return Applied(count, previous, failures)


def _undo(run: BulkRun, chunk: BulkChunk, noun: Noun, verb: Verb, by: Actor) -> None:
    assert verb.undo is not None
    applied = verb.undo(noun, chunk.previous, run.params, by) if chunk.previous else Applied(0)
    chunk.state = BulkChunk.State.UNDONE
    _keep(run, chunk, Applied(-applied.changed, {}, applied.failures))


def _keep(run: BulkRun, chunk: BulkChunk, applied: Applied) -> None:
    chunk.previous = dict(applied.previous)
    chunk.failures = [*chunk.failures, *({"id": str(f.record_id), "message": f.message} for f in applied.failures)]
    chunk.save(update_fields=["state", "previous", "failures", "updated_at"])
    values: dict[str, Any] = {"result": {**run.result, **applied.result}} if applied.result else {}
    BulkRun.rows().filter(pk=run.pk).update(
        done=F("done") + len(chunk.record_ids),
        changed=F("changed") + applied.changed,
        failed=F("failed") + len(applied.failures),
        updated_at=clock.now(),
        **values,
    )


def _finish(run: BulkRun, by: Actor) -> None:
    state, event = (State.DONE, "bulk.finished") if run.state == State.RUNNING else (State.UNDONE, "bulk.undone")
    moved = BulkRun.rows().filter(pk=run.pk, state=run.state)
    if moved.update(state=state, finished_at=clock.now(), total=Coalesce(F("total"), 0), updated_at=clock.now()):
        data = {"label": run.label, "noun": run.noun, "changed": run.changed, "failed": run.failed}
        record(event, by=by, subject=("bulk", run.id), data=data)
