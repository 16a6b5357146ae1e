"""Starting and ending an import: rehearse, start, cancel, resume, revert. The background (`jobs`) does the work."""

from uuid import UUID

from django.db import transaction

from fairlead.accounts.public import program_of
from fairlead.events.public import record
from fairlead.jobs.public import enqueue
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict
from fairlead.records import nouns
from fairlead.records.imports import runs
from fairlead.records.imports.jobs import revert_import, run_import
from fairlead.records.models import ImportRun
from fairlead.tenancy.public import Actor

Status = ImportRun.Status


@transaction.atomic
def rehearse(run_id: UUID, *, by: Actor) -> ImportRun:
    """Start a dry run in the background."""
    return _enqueue(run_id, Status.CHECKING, by)


@transaction.atomic
def start(run_id: UUID, *, by: Actor) -> ImportRun:
    """Start the import in the background."""
    return _enqueue(run_id, Status.QUEUED, by)


def _enqueue(run_id: UUID, status: Status, by: Actor) -> ImportRun:
    found = runs.prepare(run_id, status, by=by)
    enqueue(run_import, firm_id=by.firm_id, by=by, run_id=found.id)
    return found


@transaction.atomic
def cancel(run_id: UUID, *, by: Actor) -> ImportRun:
    """Stop an import after the chunk under way; what is written stays and can be reverted."""
    found = runs.run(run_id, by=by, lock=True)
    if found.status not in (Status.QUEUED, Status.RUNNING, Status.CHECKING):
        raise Conflict("This import is not under way.")
    found.cancelled_at, found.cancelled_by_id = clock.now(), by.membership_id
    found.save(update_fields=["cancelled_at", "cancelled_by", "updated_at"])
    return found


@transaction.atomic
def resume(run_id: UUID, *, by: Actor) -> ImportRun:
    """Go on in the background with an import that was stopped, after the last chunk that it wrote.

    Raises `Conflict` when there is nothing to go on with, `InvalidInput` when a field that a column fills is gone.
    """
    found = runs.run(run_id, by=by, lock=True)
    if not found.is_resumable:
        raise Conflict("Only an import that was stopped on its way, and that nobody reverted, can go on.")
    runs.check_mapping(found, runs.columns_of(found))
    found.status, found.failure = Status.QUEUED, ""
    found.started_by_id, found.program = by.membership_id, program_of(by)
    found.cancelled_at = found.cancelled_by_id = found.finished_at = None
    found.save()
    record("import.resumed", by=by, subject=("import", found.id), data={"file": found.file_name})
    enqueue(run_import, firm_id=by.firm_id, by=by, run_id=found.id)
    return found


@transaction.atomic
def revert(run_id: UUID, *, by: Actor) -> ImportRun:
    """Undo an import in the background, for every record that nothing else has changed since."""
    found = runs.run(run_id, by=by, lock=True)
    if not found.is_revertible:
        raise Conflict("Only an import that has ended can be reverted.")
    by.require(nouns.get(found.noun).permission("delete"))
    found.status = Status.REVERTING
    found.reverted_at, found.reverted_by_id, found.program = clock.now(), by.membership_id, program_of(by)
    found.save()
    enqueue(revert_import, firm_id=by.firm_id, by=by, run_id=found.id)
    return found
