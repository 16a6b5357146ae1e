"""Imports: the list, the wizard (upload, columns, options, dry run, run), the report."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.spreadsheets import safe_cell
from fairlead.kernel.text import whole_number
from fairlead.records import access
from fairlead.records.duplicates import candidates
from fairlead.records.imports import earlier, plug, runs, verbs
from fairlead.records.imports.problems import ABOUT_ROWS, told
from fairlead.records.imports.reading import ENCODINGS, Layout, sheet_names
from fairlead.records.imports.shown import rehearsed
from fairlead.records.models import ImportRowError, ImportRun
from fairlead.records.web import place
from fairlead.records.web.import_form import Setup
from fairlead.shell.progress import Job, State
from fairlead.shell.responses import done
from fairlead.tenancy.public import Actor, firm_context

Status = ImportRun.Status
RECENT, SHOWN_ERRORS, SHOWN_KEPT, PREVIEW = 50, 100, 50, 5
STATES: dict[str, State] = {
    Status.CANCELLED: "cancelled", Status.FAILED: "failed", Status.QUEUED: "queued", Status.CHECKING: "running",
    Status.RUNNING: "running", Status.REVERTING: "running",
}  # fmt: skip
ASIDE = "aside"
DELIMITERS = ((",", "Comma ,"), (";", "Semicolon ;"), ("\t", "Tab"), ("|", "Bar |"))


@require_http_methods(["GET", "POST"])
def start(request: FirmRequest, noun: str) -> HttpResponse:
    """List the imports of a noun and take a new file."""
    kind = access.noun(noun)
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None or not file.name:
                raise InvalidInput({"file": ["Choose a file first."]})
            run = runs.upload(kind.name, file, name=file.name, by=request.actor)
            earlier.set_up_alike(run.pk, by=request.actor)
        except InvalidInput as refused:
            error = " ".join(m for messages in refused.fields.values() for m in messages)
        else:
            return HttpResponseRedirect(place.url(request, "import", run_id=run.pk))
    context = {"kind": kind, "error": error, "runs": runs.runs(kind.name, by=request.actor)[:RECENT],
               "list_url": place.url(request, kind.plural)}  # fmt: skip
    return render(request, "records/imports/start.html", context, status=422 if error else 200)


@require_GET
def page(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Show an import where it stands: being set up, under way, or ended."""
    run = runs.run(run_id, by=request.actor)
    context = _frame(request, run)
    if run.status == Status.UPLOADED:
        return render(request, "records/imports/setup.html", context | _setup(run, request.actor))
    return render(request, "records/imports/run.html", context | _report(request, run))


@require_POST
def layout(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Read the file another way."""
    typed = request.POST
    header = whole_number(typed.get("header_row")) or 0
    wanted = {
        "encoding": typed.get("encoding", ""),
        "delimiter": typed.get("delimiter", ","),
        "sheet": typed.get("sheet", ""),
        "header_row": header - 1 if header > 0 else None,
    }
    try:
        runs.set_layout(run_id, wanted, by=request.actor)
    except InvalidInput as refused:
        return _refused(request, run_id, refused)
    return HttpResponseRedirect(place.url(request, "import", run_id=run_id))


@require_http_methods(["GET", "POST"])
def setup(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Keep what the columns mean and the options; then check (`go=check`) or import (`go=start`).

    `go=bare` leaves out what would become new custom fields.

    What was refused stays on a page at this address: whoever loads it anew gets the import.
    """
    run = runs.run(run_id, by=request.actor)
    if request.method == "GET":
        return HttpResponseRedirect(place.url(request, "import", run_id=run_id))
    form = _form(run)
    try:
        columns = form.columns(request.POST, bare=request.POST.get("go") == "bare")
        runs.set_columns(run_id, columns, by=request.actor)
        runs.set_options(run_id, form.options(request.POST), by=request.actor)
        if request.POST.get("go") == "check":
            verbs.rehearse(run_id, by=request.actor)
        elif request.POST.get("go") == "start":
            verbs.start(run_id, by=request.actor)
    except InvalidInput as refused:
        typed = {"columns": form.columns(request.POST), "options": form.options(request.POST)}
        return _refused(request, run_id, refused, **typed)
    return HttpResponseRedirect(place.url(request, "import", run_id=run_id))


@require_GET
def progress(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Show how far an import is; its own page is read again when it has ended, none that shows it aside."""
    run, aside = runs.run(run_id, by=request.actor), ASIDE in request.GET
    response = render(request, "shell/progress/job.html", {"job": as_job(request, run, aside=aside)})
    if not run.is_active and not aside:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def cancel(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Stop an import after the chunk under way."""
    run = verbs.cancel(run_id, by=request.actor)
    return render(request, "shell/progress/job.html", {"job": as_job(request, run, aside=ASIDE in request.GET)})


@require_POST
def resume(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Go on with an import that was stopped."""
    verbs.resume(run_id, by=request.actor)
    return done(request, "The import goes on.", to=place.url(request, "import", run_id=run_id))


@require_POST
def revert(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Undo an import."""
    verbs.revert(run_id, by=request.actor)
    return done(request, "The import is being reverted.", to=place.url(request, "import", run_id=run_id))


@require_GET
def errors(request: FirmRequest, run_id: UUID) -> StreamingHttpResponse:
    """Give the rows that were left out as a file that can be corrected and imported again."""
    run = runs.run(run_id, by=request.actor)
    header = [c.header for c in runs.columns_of(run)]
    response = StreamingHttpResponse(_error_lines(request.firm.pk, run, header), content_type="text/csv; charset=utf-8")
    stem = run.file_name.rpartition(".")[0] or run.file_name
    quoted = stem.replace('"', "").encode("ascii", "ignore").decode()
    response["Content-Disposition"] = f'attachment; filename="{quoted or "import"}-errors.csv"'
    return response


def _error_lines(firm_id: UUID, run: ImportRun, header: list[str]) -> Iterator[str]:
    """Yield the file. It is read after the view's transaction has ended, so it opens its own.

    What is wrong stands first: behind the cells it would be anywhere, as some rows have too many. It opens in the
    spreadsheet that wrote the file: its columns are parted in the same way, and the byte order mark says UTF-8.
    """
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer, delimiter=Layout.from_json(run.layout).delimiter)
    writer.writerow([safe_cell(c) for c in (*ABOUT_ROWS, *header)])
    with firm_context(firm_id):
        rows = ImportRowError.rows().filter(run=run).order_by("line", "id")
        for error in rows.iterator(chunk_size=1_000):
            missing = [""] * (len(header) - len(error.cells))
            row = (told(error.every_fault), error.line, *error.cells, *missing)
            writer.writerow([safe_cell(c) for c in row])
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def as_job(request: FirmRequest, run: ImportRun, *, aside: bool = False) -> Job:
    """Return an import as the shell shows background work: on its own page, or `aside`, in the widget of any page."""
    labels = {
        Status.CHECKING: "Dry run", Status.REVERTING: "Reverting the import",
        Status.REVERTED: f"Import of {run.file_name}, reverted",
    }  # fmt: skip
    stoppable = run.status in (Status.QUEUED, Status.RUNNING, Status.CHECKING) and run.cancelled_at is None
    so_far, total = run.rows_done, max(run.rows_total or 0, run.rows_done)
    if run.status == Status.REVERTING:
        so_far, total = run.report.get("reverted", 0), run.created + run.updated
    name, asked = ("aside-", f"?{ASIDE}=1") if aside else ("", "")
    return Job(
        f"{name}{run.pk}", labels.get(run.status, f"Import of {run.file_name}"), STATES.get(run.status, "done"),  # type: ignore[call-overload]
        place.url(request, "import-progress", run_id=run.pk) + asked, done=so_far,
        total=total or None, message=_message(run),
        report_url=place.url(request, "import", run_id=run.pk) if aside else "",
        cancel_url=place.url(request, "import-cancel", run_id=run.pk) + asked if stoppable else "",
    )  # fmt: skip


def _message(run: ImportRun) -> str:
    if run.status == Status.FAILED:
        return run.failure
    if run.status == Status.REVERTED:
        left = run.report.get("kept_count", 0)
        return f"{run.report.get('reverted', 0):,} went back, {left:,} left as they are."
    stopping = "Stopping after the rows under way. " if run.is_active and run.cancelled_at else ""
    if run.status in (Status.CHECKING, Status.REVERTING, Status.QUEUED):
        return stopping
    counts = f"{run.created:,} created, {run.updated:,} updated, {run.unchanged:,} unchanged, {run.errors:,} left out."
    return stopping + counts


def _frame(request: FirmRequest, run: ImportRun) -> dict[str, Any]:
    kind = access.noun(run.noun)
    return {
        "run": run, "kind": kind, "job": as_job(request, run),
        "import_url": place.url(request, f"{kind.plural}-import"),
        "url": place.url(request, "import", run_id=run.pk), "list_url": place.url(request, kind.plural),
        "duplicates_url": place.elsewhere(request, kind.extra.get("duplicates", "")),
    }  # fmt: skip


def _setup(run: ImportRun, by: Actor) -> dict[str, Any]:
    source = runs.source_of(run)
    samples = [r.cells for r in source.sample(PREVIEW)]
    current = Layout.from_json(run.layout)
    return {
        "dry_run": rehearsed(run, by), "form": _form(run), "rows": _form(run).rows(samples),
        "like": run.report.get(earlier.LIKE, ""), "new_fields": sum(bool(c["new_field"]) for c in run.columns),
        "layout": current, "encodings": ENCODINGS, "delimiters": DELIMITERS, "sheets": sheet_names(runs.path_of(run)),
        "header_line": (current.header_row or 0) + 1 if current.header_row is not None else 0,
    }  # fmt: skip


def _report(request: FirmRequest, run: ImportRun) -> dict[str, Any]:
    rows = ImportRowError.rows().filter(run=run).order_by("line", "id")[:SHOWN_ERRORS]
    made = {k: v for k, v in run.report.get("made", {}).items() if v}
    new = set(run.report.get("fields", ()))
    if fields := [c.header for c in runs.columns_of(run) if c.target in new]:
        made = {"custom fields": fields} | made
    possible, kept = candidates.of_import(run, request.actor), _kept(request, run)
    return {
        "errors": rows, "made": made, "more_errors": max(0, run.errors - SHOWN_ERRORS), "duplicates": possible,
        "kept": kept, "more_kept": run.report.get("kept_count", 0) - len(kept),
    }  # fmt: skip


def _kept(request: FirmRequest, run: ImportRun) -> list[tuple[str, str, str]]:
    """Return name, address and reason of the first records that a revert left as they are."""
    kept, kind = run.report.get("kept", [])[:SHOWN_KEPT], access.noun(run.noun)
    rows = kind.visible(request.actor).filter(pk__in=[k["id"] for k in kept])
    names = {str(r.pk): (str(r), place.record_url(request, kind, r.pk)) for r in rows}
    unseen = f"{kind.label} that you cannot see (any more)", ""
    return [(*names.get(k["id"], unseen), k["why"]) for k in kept]


def _refused(request: FirmRequest, run_id: UUID, refused: InvalidInput, **typed: Any) -> HttpResponse:
    """Show the form with what is wrong, and as it was `typed` (values of the run): nothing is to be chosen again."""
    run = runs.run(run_id, by=request.actor)
    for name, value in typed.items():
        setattr(run, name, value)
    message = " ".join(m for messages in refused.fields.values() for m in messages)
    context = _frame(request, run) | _setup(run, request.actor) | {"error": message}
    return render(request, "records/imports/setup.html", context, status=422)


def _form(run: ImportRun) -> Setup:
    return Setup(run, plug.targets_of(run.noun), plug.importer_of(run.noun).choices)
