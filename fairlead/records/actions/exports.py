"""Export records: into a file that can be fetched for a day, or as a stream."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from fairlead.accounts.public import actor_again, program_of
from fairlead.events.public import record
from fairlead.jobs.public import Unfinished, enqueue, job, when_unfinished
from fairlead.kernel import clock, uploads
from fairlead.kernel.errors import Conflict, FairleadError, Forbidden, InvalidInput
from fairlead.kernel.ids import uuid7
from fairlead.records import access, nouns
from fairlead.records.exports.content import Content, write
from fairlead.records.models import ExportRun
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor, firm_context

KEPT = timedelta(hours=24)
AT_ONCE = 2_000  # so many records are written while the member waits
State = ExportRun.State


FOLDER = "exports"


def named_files() -> Iterable[str]:
    """Return the paths of the firm's exports that can be fetched."""
    return ExportRun.rows().exclude(file="").values_list("file", flat=True)


class Stopped(Exception):
    """Somebody stopped the export."""


@transaction.atomic
def start_export(
    noun: Noun,
    *,
    by: Actor,
    columns: Sequence[str],
    format: str = "csv",
    ids: Sequence[UUID] | None = None,
    criteria: Any = None,
    query: str = "",
    sort: str = "",
) -> ExportRun:
    """Export the chosen records into a file: at once when they are few, else in the background.

    Raises `Forbidden` without `<noun>.export`, `InvalidInput` for wrong columns, criteria or format.
    """
    by.require(noun.permission("export"))
    if by.membership_id is None:
        raise Forbidden("Exports are started by a member.")
    if format not in ExportRun.Format.values:
        raise InvalidInput({"format": ["Choose csv or xlsx."]})
    content = Content(noun, by, columns, ids, criteria, query, sort).ready()
    keys = [c.key for c in content.columns]
    selection = {"ids": [str(pk) for pk in ids]} if ids is not None else {"criteria": criteria, "query": query}
    run: ExportRun = ExportRun.objects.create(
        noun=noun.name, format=format, columns=keys, selection={**selection, "sort": sort}, total=content.count(),
        membership_id=by.membership_id, program=program_of(by),
    )  # fmt: skip
    tell(noun, run.total, format, keys, by=by, run_id=run.id)
    if run.total <= AT_ONCE:
        return write_export(run, by=by)
    enqueue(run_export, firm_id=by.firm_id, by=by, run_id=run.id)
    return run


@job("records.export", queue="bulk", retries=3)
def run_export(*, firm_id: UUID, run_id: UUID) -> None:
    """Write one export; a killed worker writes it anew."""
    with firm_context(firm_id):
        run = ExportRun.rows().filter(pk=run_id).first()
        by = actor_again(run.membership_id, run.program) if run else None
    if run is not None and by is not None and run.state in (State.QUEUED, State.RUNNING):
        write_export(run, by=by)


@when_unfinished(run_export)
def end(how: Unfinished, *, run_id: UUID) -> None:
    """End the export of a job that was cancelled or given up."""
    if how.by is not None:
        _open(run_id).update(state=State.CANCELLED, updated_at=clock.now())
    else:
        message = "Something went wrong. Export once more."
        _open(run_id).update(state=State.FAILED, message=message, updated_at=clock.now())


def _open(run_id: UUID) -> QuerySet[ExportRun]:
    return ExportRun.rows().filter(pk=run_id, state__in=(State.QUEUED, State.RUNNING))


def tell(noun: Noun, count: int, format: str, columns: Sequence[str], *, by: Actor, run_id: UUID | None) -> None:
    """Write the event of an export: who took how much of what."""
    data = {"noun": noun.label_plural.lower(), "count": count, "format": format, "columns": list(columns)}
    record("export.made", by=by, subject=("export", run_id), data=data)


def write_export(run: ExportRun, *, by: Actor) -> ExportRun:
    """Write the file of a run and return the run, ready, stopped or failed with its reason."""
    folder = uploads.folder_of(by.firm_id, FOLDER)
    path = f"{folder}/{uuid7()}.{run.format}"
    place = Path(default_storage.path(path))
    place.parent.mkdir(parents=True, exist_ok=True)
    _update(run, by, state=State.RUNNING)

    def after(done: int) -> None:
        if not _update(run, by, done=done):
            raise Stopped

    with ExitStack() as left_behind:  # a file that no run names would lie there for ever
        left_behind.callback(place.unlink, missing_ok=True)
        try:
            write(_content(run, by), run.format, place, after=after)
        except Stopped:
            pass
        except FairleadError as error:
            _update(run, by, state=State.FAILED, message=error.message)
        else:
            expires = clock.now() + KEPT
            if _update(run, by, state=State.DONE, file=path, size=place.stat().st_size, expires_at=expires):
                left_behind.pop_all()
                _purge_at(expires, by)
    with firm_context(by.firm_id):
        run.refresh_from_db()
    return run


def _purge_at(moment: datetime, by: Actor) -> None:
    with firm_context(by.firm_id):
        enqueue(purge, firm_id=by.firm_id, run_at=moment + timedelta(minutes=1))


def _content(run: ExportRun, by: Actor) -> Content:
    chosen = run.selection
    ids = [UUID(pk) for pk in chosen["ids"]] if "ids" in chosen else None
    noun = nouns.get(run.noun)
    by.require(noun.permission("export"))
    content = Content(
        noun, by, run.columns, ids, chosen.get("criteria"), chosen.get("query", ""), chosen.get("sort", "")
    )
    with firm_context(by.firm_id):
        return content.ready()


def _update(run: ExportRun, by: Actor, **values: Any) -> bool:
    """Change the run unless somebody stopped it; tell whether it goes on."""
    with firm_context(by.firm_id):
        return bool(_open(run.pk).update(updated_at=clock.now(), **values))


@transaction.atomic
def cancel_export(run_id: UUID, *, by: Actor) -> ExportRun:
    """Stop an export that still writes; raise `Conflict` when it has ended."""
    run = access.export_run(by, run_id)
    if not _open(run.pk).update(state=State.CANCELLED, updated_at=clock.now()):
        raise Conflict("This export has ended already.")
    run.refresh_from_db()
    return run


@transaction.atomic
def purge_exports() -> int:
    """Delete the files that have expired, in the firm of the context; return how many."""
    gone = list(ExportRun.rows().filter(expires_at__lt=clock.now()).exclude(file=""))
    for run in gone:
        uploads.remove(run.file)
    ExportRun.rows().filter(pk__in=[run.pk for run in gone]).update(file="")
    return len(gone)


@job("records.purge_exports", queue="bulk", retries=3)
def purge(*, firm_id: UUID) -> None:
    """Delete a firm's expired files."""
    with firm_context(firm_id):
        purge_exports()
