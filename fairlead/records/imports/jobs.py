"""Imports in the background: they may be killed at any moment and run again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import structlog

from fairlead.accounts.public import actor_again, actor_by_id
from fairlead.events.public import record
from fairlead.jobs.public import Unfinished, current_run, job, when_unfinished
from fairlead.kernel import clock
from fairlead.kernel.errors import FairleadError, Forbidden
from fairlead.records import nouns
from fairlead.records.custom import Home, custom_fields
from fairlead.records.imports import leftovers, plug, runs
from fairlead.records.imports.engine import Engine
from fairlead.records.imports.new_fields import imagine_fields, make_fields
from fairlead.records.imports.options import Options
from fairlead.records.imports.plug import Context
from fairlead.records.imports.problems import listed
from fairlead.records.imports.reading import UnreadableFile
from fairlead.records.models import CustomField, ImportChange, ImportRun
from fairlead.records.models.custom_field import PREFIX
from fairlead.tenancy.public import Actor, firm_context, require_firm, system_actor

Status = ImportRun.Status
log = structlog.get_logger("fairlead.imports")
MOST_KEPT = 500


@job("records.import", queue="bulk", retries=20)
def run_import(*, firm_id: UUID, run_id: UUID) -> None:
    """Run or rehearse an import, from where it stands."""
    execute(firm_id, run_id, checkpoint=lambda: current_run().checkpoint())


@job("records.revert_import", queue="bulk", retries=20)
def revert_import(*, firm_id: UUID, run_id: UUID) -> None:
    """Revert an import, from where it stands."""
    undo(firm_id, run_id, checkpoint=lambda: current_run().checkpoint())


@when_unfinished(run_import, revert_import)
def end(how: Unfinished, *, run_id: UUID) -> None:
    """End the import of a job that was cancelled or given up; a worker that still has it ends it after its chunk."""
    run = ImportRun.rows().select_for_update().filter(pk=run_id).first()
    if run is None or not run.is_active:
        return
    if run.status == Status.REVERTING:
        why = "It was cancelled" if how.by else "Something went wrong"
        _stop_reverting(run, f"{why} while being reverted. Revert it again to take back the rest.", how.by)
    elif how.by is None:
        _fail(run, "Something went wrong; what was imported so far stays.", system_actor(require_firm()))
    elif how.running:
        run.cancelled_at, run.cancelled_by_id = clock.now(), how.by.membership_id
        run.save(update_fields=["cancelled_at", "cancelled_by", "updated_at"])
    elif run.status == Status.CHECKING:
        _keep_rehearsal(run, None)
    else:
        _finish(run, Status.CANCELLED, how.by)


def execute(firm_id: UUID, run_id: UUID, *, checkpoint: Callable[[], None] = lambda: None) -> None:
    """Run or rehearse an import in this thread; what goes wrong with the file ends up on the run."""
    with firm_context(firm_id):
        run = ImportRun.rows().filter(pk=run_id).first()
        if run is None or run.status not in (Status.QUEUED, Status.RUNNING, Status.CHECKING):
            return
        by = _actor(run)
    try:
        engine = _engine(run, by)
        if run.status == Status.CHECKING:
            _rehearse(run, engine, by, checkpoint)
        else:
            finished = engine.run(_stop(run, by, checkpoint))
            _finish(run, Status.DONE if finished else Status.CANCELLED, by)
    except (FairleadError, UnreadableFile) as error:
        _fail(run, str(getattr(error, "message", error)), by)


def _actor(run: ImportRun) -> Actor:
    by = member_actor(run.started_by_id, run.program).through("import")
    runs.permit(run.noun, by)
    return by


def member_actor(membership_id: UUID | None, program: Mapping[str, Any] | None) -> Actor:
    """Return the actor of a member, or of a program in their name; Forbidden when the membership is gone."""
    if membership_id is None:
        raise Forbidden("The member who started this import has left the firm.")
    return actor_again(membership_id, program)


def _engine(run: ImportRun, by: Actor) -> Engine:
    source = runs.source_of(run)
    rehearsal = run.status == Status.CHECKING
    with firm_context(by.firm_id):
        columns, imagined = runs.columns_of(run), list[CustomField]()
        if rehearsal:
            columns, imagined = imagine_fields(run.noun, columns, source)
        else:
            known = {f.name for f in custom_fields(run.noun, archived=True)}
            columns = make_fields(run.noun, columns, source, by=by)
            if new := [c.target for c in columns if c.target and c.target.startswith(PREFIX) and c.target not in known]:
                run.report = {**run.report, "fields": new}
            run.columns = [c.as_json() for c in columns]
            run.status = Status.RUNNING
            run.rows_total = run.rows_total or source.estimate()
            run.save(update_fields=["columns", "report", "status", "rows_total", "updated_at"])
        home = Home.of_firm()
        custom = {f.key: f for f in (*custom_fields(run.noun), *imagined)}
    options = Options.from_json(run.options)
    return Engine(run, source, Context(run.id, by, home, options, columns, custom, rehearsal))


def _stop(run: ImportRun, by: Actor, checkpoint: Callable[[], None]) -> Callable[[], bool]:
    def stopped() -> bool:
        checkpoint()
        with firm_context(by.firm_id):
            return ImportRun.rows().filter(pk=run.pk, cancelled_at__isnull=False).exists()

    return stopped


def _rehearse(run: ImportRun, engine: Engine, by: Actor, checkpoint: Callable[[], None]) -> None:
    tally = engine.rehearse(_stop(run, by, checkpoint))
    found: dict[str, Any] = asdict(tally)
    found["problems"] = [listed(p) for p in sorted(tally.problems, key=lambda p: p.line)]
    found["new_fields"] = [c.new_field.label for c in runs.columns_of(run) if c.new_field]
    with firm_context(by.firm_id):
        stopped = ImportRun.rows().filter(pk=run.pk, cancelled_at__isnull=False).exists()
        _keep_rehearsal(run, None if stopped else found)


def _keep_rehearsal(run: ImportRun, found: dict[str, Any] | None) -> None:
    """Let the import be set up further, with what the rehearsal found; None when it was stopped."""
    ImportRun.rows().filter(pk=run.pk).update(
        status=Status.UPLOADED, dry_run=found, rows_total=found["rows"] if found else None, cancelled_at=None,
        cancelled_by=None, updated_at=clock.now(),
    )  # fmt: skip


def _finish(run: ImportRun, status: Status, by: Actor) -> None:
    with firm_context(by.firm_id):
        run.refresh_from_db()
        run.status, run.finished_at = status, clock.now()
        if status == Status.DONE:
            run.rows_total = run.rows_done
        run.save(update_fields=["status", "finished_at", "rows_total", "updated_at"])
        leftovers.clear_away_if_idle(run, by=by)
        counts = {n: getattr(run, n) for n in ("created", "updated", "unchanged", "skipped", "errors")}
        data = {"file": run.file_name, "noun": nouns.get(run.noun).label_plural.lower(), **counts}
        if status == Status.DONE:
            record("import.finished", by=by, subject=("import", run.id), data=data)
        else:
            record("import.cancelled", by=_who_stopped(run) or by, subject=("import", run.id), data=data)


def _who_stopped(run: ImportRun) -> Actor | None:
    """Return who cancelled it, often another than who started it and in whose name it works."""
    return actor_by_id(run.cancelled_by_id).through("import") if run.cancelled_by_id else None


def _fail(run: ImportRun, message: str, by: Actor) -> None:
    log.warning("import failed", run=str(run.id), error=message)
    with firm_context(by.firm_id):
        status = Status.UPLOADED if run.status == Status.CHECKING else Status.FAILED
        ImportRun.rows().filter(pk=run.pk).update(status=status, failure=message[:1000], finished_at=clock.now())
        leftovers.clear_away_if_idle(run, by=by)
        record(
            "import.failed", by=by, subject=("import", run.id), data={"file": run.file_name, "reason": message[:300]}
        )


def undo(firm_id: UUID, run_id: UUID, *, checkpoint: Callable[[], None] = lambda: None) -> None:
    """Revert an import; what whoever asked may no longer do ends up on the run."""
    with firm_context(firm_id):
        run = ImportRun.rows().filter(pk=run_id, status=Status.REVERTING).first()
    if run is None:
        return
    try:
        _undo_chunks(firm_id, run, checkpoint)
    except FairleadError as error:
        with firm_context(firm_id):
            _stop_reverting(run, error.message, None)


def _undo_chunks(firm_id: UUID, run: ImportRun, checkpoint: Callable[[], None]) -> None:
    """Undo chunk by chunk, the last first; each chunk's changes go in the transaction that undoes them."""
    with firm_context(firm_id):
        by = member_actor(run.reverted_by_id, run.program).through("import")
        rows = ImportChange.rows().filter(run=run)
        chunks = sorted(set(rows.values_list("chunk", flat=True).distinct()), reverse=True)
    importer = plug.importer_of(run.noun)
    for chunk in chunks:
        checkpoint()
        with firm_context(firm_id):
            if not _still_reverting(run):
                return
            reverted, kept = importer.revert(run, chunk, by=by)
            ImportChange.rows().filter(run=run, chunk=chunk).delete()
            _note_revert(run, reverted, kept)
    with firm_context(firm_id):
        if not _still_reverting(run):
            return
        leftovers.clear_away(run, by=by)
        ImportRun.rows().filter(pk=run.pk).update(status=Status.REVERTED, updated_at=clock.now())
        record("import.reverted", by=by, subject=("import", run.id), data={"file": run.file_name})


def _still_reverting(run: ImportRun) -> bool:
    """Tell whether nobody has stopped it; locked, so that two workers never revert the same and who stops it waits."""
    return ImportRun.rows().select_for_update().filter(pk=run.pk, status=Status.REVERTING).first() is not None


def _stop_reverting(run: ImportRun, message: str, by: Actor | None) -> None:
    ImportRun.rows().filter(pk=run.pk).update(status=Status.FAILED, failure=message, updated_at=clock.now())
    who, data = by or system_actor(require_firm()), {"file": run.file_name, "reason": message}
    record("import.revert_stopped", by=who, subject=("import", run.id), data=data)


def _note_revert(run: ImportRun, reverted: int, kept: list[dict[str, str]]) -> None:
    found = ImportRun.rows().select_for_update().get(pk=run.pk)
    report = dict(found.report)
    report["reverted"] = report.get("reverted", 0) + reverted
    report["kept_count"] = report.get("kept_count", 0) + len(kept)
    report["kept"] = (report.get("kept", []) + kept)[:MOST_KEPT]
    ImportRun.rows().filter(pk=run.pk).update(report=report, updated_at=clock.now())
