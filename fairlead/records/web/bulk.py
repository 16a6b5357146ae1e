"""Bulk actions: the dialog that starts one, its progress, its report."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.spreadsheets import safe_cell
from fairlead.kernel.text import whole_number
from fairlead.records import access, bulk
from fairlead.records.actions.bulk import cancel_bulk, start_bulk, undo_bulk
from fairlead.records.models import BulkChunk, BulkRun
from fairlead.records.nouns import Noun
from fairlead.records.web import place
from fairlead.records.web.asked import selected
from fairlead.shell import dialogs
from fairlead.shell.progress import Job, State, follow_in_dialog

SHOWN = 500
STATES: dict[str, State] = {
    BulkRun.State.QUEUED: "queued",
    BulkRun.State.RUNNING: "running",
    BulkRun.State.UNDOING: "running",
    BulkRun.State.CANCELLED: "cancelled",
    BulkRun.State.FAILED: "failed",
}


@require_http_methods(["GET", "POST"])
def start(request: FirmRequest, noun: str, verb: str) -> HttpResponse:
    """Ask what the verb needs, then start it on the posted `selection`."""
    kind = access.noun(noun)
    chosen = _verb(kind, verb)
    request.actor.require(kind.permission(chosen.permission))
    typed = request.POST if request.method == "POST" else request.GET
    controls = chosen.controls(kind, request.actor, typed.dict())
    called, count = chosen.label_of(kind), request.GET.get("count", "")
    if "field" in controls:  # what it is decides what else is asked
        controls["field"].widget.attrs["data-dialog"] = f"{request.path}?{urlencode({'count': count})}"
    form = dialogs.make(request, controls, {})
    if request.method == "POST":
        try:
            run = _started(request, kind, chosen, form.typed())
        except InvalidInput as error:
            form.refuse(error)
        else:
            return follow_in_dialog(request, as_job(request, run))
    what = kind.label.lower() if count == "1" else kind.label_plural.lower()
    number = whole_number(count.replace(",", ""), digits=9)
    many = what if number is None else f"{number:,} {what}"
    return dialogs.dialog(
        request, form, title=called, text=f"For {many}. You can stop it, and look at the report afterwards.",
        submit=called, bulk="yes", danger="yes" if chosen.danger else "",
    )  # fmt: skip


@require_GET
def progress(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Show how far a run is."""
    return render(request, "shell/progress/job.html", {"job": as_job(request, access.bulk_run(request.actor, run_id))})


@require_POST
def cancel(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Stop a run."""
    run = cancel_bulk(run_id, by=request.actor)
    return render(request, "shell/progress/job.html", {"job": as_job(request, run)})


@require_POST
def undo(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Take a run back."""
    run = undo_bulk(run_id, by=request.actor)
    return render(request, "shell/progress/job.html", {"job": as_job(request, run)})


@require_GET
def report(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Show what a run did and which records failed; `?format=csv` gives all failures as a file."""
    run = access.bulk_run(request.actor, run_id)
    if request.GET.get("format") == "csv":
        return _csv(run)
    kind = access.noun(run.noun)
    failures = [f for f, _ in zip(_failures(run), range(SHOWN), strict=False)]
    rows = kind.visible(request.actor).filter(pk__in=[f["id"] for f in failures])
    names = {str(r.pk): (str(r), place.record_url(request, kind, r.pk)) for r in rows}
    context = {
        "run": run, "job": replace(as_job(request, run), report_url=""), "list_url": place.url(request, kind.plural),
        "list_label": kind.label_plural, "more": max(0, run.failed - len(failures)),
        "back": run.state in (BulkRun.State.UNDOING, BulkRun.State.UNDONE),
        "failures": [(*names.get(f["id"], (f"{kind.label} that you cannot see (any more)", "")), f["message"])
                     for f in failures],
    }  # fmt: skip
    return render(request, "records/bulk_report.html", context)


def as_job(request: FirmRequest, run: BulkRun) -> Job:
    """Return a run as the shell shows background work."""
    verb = bulk.get(run.verb, access.noun(run.noun))
    can_undo = verb.undo is not None and run.changed > 0 and run.state in ("done", "cancelled", "failed")
    return Job(
        str(run.pk), run.label, STATES.get(run.state, "done"), place.url(request, "bulk-run", run_id=run.pk),
        done=run.done, total=run.total, message=_message(run),
        report_url=place.url(request, "bulk-report", run_id=run.pk) if not run.is_active else "",
        undo_url=place.url(request, "bulk-undo", run_id=run.pk) if can_undo else "",
        cancel_url=place.url(request, "bulk-cancel", run_id=run.pk) if run.state in ("queued", "running") else "",
    )  # fmt: skip


def _message(run: BulkRun) -> str:
    if run.is_active:
        return "Taking it back …" if run.state == BulkRun.State.UNDOING else ""
    parts = [run.message] if run.message else []
    if run.state == BulkRun.State.UNDONE:
        return f"Undone, but for {run.changed:,}." if run.changed else "Undone."
    same = max(0, run.done - run.changed - run.failed)
    already = f", {same:,} {'was' if same == 1 else 'were'} so already" if same else ""
    parts.append(f"{run.changed:,} changed{already}.")
    return " ".join([*parts, *([f"{run.failed:,} failed."] if run.failed else [])])


def _started(request: FirmRequest, kind: Noun, verb: bulk.Verb, params: dict[str, Any]) -> BulkRun:
    return start_bulk(kind, verb.name, params, by=request.actor, **selected(request, kind))


def _verb(noun: Noun, name: str) -> bulk.Verb:
    try:
        return bulk.get(name, noun)
    except KeyError:
        raise NotFound from None


def _failures(run: BulkRun) -> Iterator[dict[str, str]]:
    for failures in BulkChunk.rows().filter(run=run).exclude(failures=[]).order_by("number").values_list("failures"):
        yield from failures[0]


def _csv(run: BulkRun) -> HttpResponse:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["id", "problem"])
    writer.writerows([safe_cell(f["id"]), safe_cell(f["message"])] for f in _failures(run))
    name = f'attachment; filename="report-{run.pk}.csv"'
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
