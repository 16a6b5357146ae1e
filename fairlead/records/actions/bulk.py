"""Start, stop and undo bulk actions."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts.public import program_of
from fairlead.events.public import record
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput
from fairlead.records import access, bulk
from fairlead.records.bulk import running
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.naming import criteria_field
from fairlead.records.jobs import run_bulk
from fairlead.records.models import BulkRun
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor

MAX_IDS = 10_000
State = BulkRun.State


@transaction.atomic
def start_bulk(
    noun: Noun,
    verb: str,
    params: Mapping[str, Any],
    *,
    by: Actor,
    ids: Sequence[UUID] | None = None,
    criteria: Any = None,
    query: str = "",
) -> BulkRun:
    """Apply a verb to `ids`, or without them to all records that match; returns the run that shows its progress.

    Raises `InvalidInput` for a wrong verb, value, criteria or selection, `Forbidden` without the permission.
    """
    chosen = _verb(noun, verb)
    by.require(noun.permission(chosen.permission))
    if by.membership_id is None:
        raise Forbidden("Bulk actions are started by a member.")
    if ids is not None and not 0 < len(ids) <= MAX_IDS:
        raise InvalidInput({"ids": [f"Give 1 to {MAX_IDS} ids, or criteria."]})
    if criteria:
        with criteria_field():
            Criteria(noun, criteria, by=by)
    cleaned = chosen.clean(noun, params, by)
    selection = {"ids": [str(pk) for pk in ids]} if ids is not None else {"criteria": criteria, "query": query}
    run: BulkRun = BulkRun.objects.create(
        noun=noun.name, verb=verb, params=cleaned, selection=selection, label=chosen.words(noun, cleaned),
        membership_id=by.membership_id, program=program_of(by), via=by.via,
    )  # fmt: skip
    record("bulk.started", by=by, subject=("bulk", run.id), data={"label": run.label, "noun": noun.name})
    enqueue(run_bulk, firm_id=by.firm_id, by=by, run_id=run.id)
    return run


@transaction.atomic
def cancel_bulk(run_id: UUID, *, by: Actor) -> BulkRun:
    """Stop a run after the chunk it is at; what it did stays."""
    running.cancel(access.bulk_run(by, run_id).pk, by=by)
    return access.bulk_run(by, run_id)


@transaction.atomic
def undo_bulk(run_id: UUID, *, by: Actor) -> BulkRun:
    """Take back what a finished or stopped run did, as far as nobody has changed it since. Raises `Conflict`."""
    run = access.bulk_run(by, run_id)
    noun = access.noun(run.noun)
    verb = _verb(noun, run.verb)
    by.require(noun.permission(verb.permission))
    if verb.undo is None:
        raise Conflict("This action cannot be undone.")
    moved = BulkRun.rows().filter(pk=run_id, state__in=(State.DONE, State.CANCELLED, State.FAILED), changed__gt=0)
    if not moved.update(
        state=State.UNDOING, done=0, failed=0, undone_by=by.membership_id, undone_at=clock.now(), finished_at=None
    ):
        raise Conflict("There is nothing (more) to undo.")
    enqueue(run_bulk, firm_id=by.firm_id, by=by, run_id=run.id)
    return access.bulk_run(by, run_id)


def _verb(noun: Noun, name: str) -> bulk.Verb:
    try:
        return bulk.get(name, noun)
    except KeyError:
        raise InvalidInput({"verb": [f"{noun.label_plural} know no bulk action called {name[:40]!r}."]}) from None
