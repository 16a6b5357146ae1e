"""Importing a file here and now, as the command line and the API's simple call do."""

from collections.abc import Mapping
from typing import IO, Any

from fairlead.kernel.errors import Conflict
from fairlead.records.imports import jobs, runs
from fairlead.records.models import ImportRowError, ImportRun
from fairlead.tenancy.public import Actor, firm_context

COUNTS = ("created", "updated", "unchanged", "skipped", "errors")
SHOWN_ERRORS = 1_000


def import_file(
    noun: str,
    stream: IO[bytes],
    *,
    name: str,
    by: Actor,
    mapping: Mapping[str, Any] | None = None,
    options: Mapping[str, Any] | None = None,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Import a file, accepting every suggestion that `mapping` (header to target) does not overrule.

    Call it outside of `firm_context` for full speed. Returns the counts, `errors` as a number and `problems` as a
    list of line, column, message and all `faults`. Raises `InvalidInput`, and `Conflict` when the file cannot be
    imported.
    """
    with firm_context(by.firm_id):
        run = runs.upload(noun, stream, name=name, by=by)
        if mapping:
            runs.set_columns(run.id, runs.remap(run, mapping), by=by)
        if options:
            runs.set_options(run.id, {**run.options, **options}, by=by)
        runs.prepare(run.id, ImportRun.Status.CHECKING if dry_run else ImportRun.Status.QUEUED, by=by)
    jobs.execute(by.firm_id, run.id)
    with firm_context(by.firm_id):
        run.refresh_from_db()
        if run.failure:
            raise Conflict(run.failure)
        return summary(run)


def summary(run: ImportRun) -> dict[str, Any]:
    """Return what came of a run, or what its dry run found."""
    if run.dry_run is not None and run.started_at is None:
        found = run.dry_run
        return {"id": str(run.id), "dry_run": True, **{n: found[n] for n in COUNTS}, "merged": found["merged"],
                "problems": found["problems"], "made": found["made"], "samples": found["samples"]}  # fmt: skip
    rows = ImportRowError.rows().filter(run=run).order_by("line", "id")[:SHOWN_ERRORS]
    problems = [{"line": e.line, "column": e.column, "message": e.message, "faults": e.every_fault} for e in rows]
    return {"id": str(run.id), "dry_run": False, **{n: getattr(run, n) for n in COUNTS}, "merged": run.merged,
            "problems": problems, "made": run.report.get("made", {})}  # fmt: skip
