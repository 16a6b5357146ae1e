"""Exports: the dialog that starts one, its progress, its file."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairlead.accounts.public import FirmRequest
from fairlead.kernel import uploads
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import counted
from fairlead.records import access
from fairlead.records.actions.exports import cancel_export, start_export
from fairlead.records.models import ExportRun
from fairlead.records.web import place
from fairlead.records.web.asked import Asked, selected
from fairlead.shell import dialogs
from fairlead.shell.forms import ActionForm
from fairlead.shell.progress import Job, State, follow_in_dialog

STATES: dict[str, State] = {
    "queued": "queued", "running": "running", "done": "done", "cancelled": "cancelled", "failed": "failed"
}  # fmt: skip
CHOSEN, EVERY = "chosen", "every"
WHICH = ((CHOSEN, "The columns below"), (EVERY, "Everything there is"))
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_http_methods(["GET", "POST"])
def start(request: FirmRequest, noun: str) -> HttpResponse:
    """Ask for columns and format, then export the posted `selection`, or the list that the address describes."""
    kind = access.noun(noun)
    request.actor.require(kind.permission("export"))
    asked = Asked(request, kind)
    shown = {"which": CHOSEN, "columns": [c.key for c in asked.chosen], "format": "csv"}
    form = dialogs.make(request, _controls(asked), shown)
    if request.method == "POST":
        try:
            run = start_export(kind, by=request.actor, **_wanted(request, asked, form))
        except InvalidInput as error:
            form.refuse(error)
        else:
            return follow_in_dialog(request, as_job(request, run))
    return dialogs.dialog(
        request, form, title=f"Export {kind.label_plural.lower()}", submit="Export",
        bulk="yes" if _is_bulk(request) else "",
        text="The file is yours alone and can be fetched for 24 hours. Who exported what is kept in the audit.",
    )  # fmt: skip


@require_GET
def progress(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Show how far an export is."""
    return render(
        request, "shell/progress/job.html", {"job": as_job(request, access.export_run(request.actor, run_id))}
    )


@require_POST
def cancel(request: FirmRequest, run_id: UUID) -> HttpResponse:
    """Stop an export."""
    return render(request, "shell/progress/job.html", {"job": as_job(request, cancel_export(run_id, by=request.actor))})


@require_GET
def download(request: FirmRequest, run_id: UUID) -> FileResponse:
    """Hand out the file of an export of the member's own."""
    run = access.export_with_file(request.actor, run_id)
    kind = access.noun(run.noun)
    request.actor.require(kind.permission("export"))
    name = f"{kind.plural}-{run.created_at:%Y-%m-%d}.{run.format}"
    return uploads.serve(run.file, name=name, content_type=TYPES[run.format])


def as_job(request: FirmRequest, run: ExportRun) -> Job:
    """Return an export as the shell shows background work."""
    active = run.state in ("queued", "running")
    ready = run.state == "done" and bool(run.file) and not run.is_gone
    size = f"{counted(run.done, 'record')}, {max(1, run.size // 1024):,} KB."
    kept = f"{size} Here for 24 hours." if ready else f"{size} It was kept for 24 hours and is gone."
    text = kept if ready or run.is_gone else run.message
    return Job(
        str(run.pk), f"Export of {run.noun} records", STATES[run.state],
        place.url(request, "export-run", run_id=run.pk), done=run.done, total=run.total, message=text,
        download_url=place.url(request, "export-file", run_id=run.pk) if ready else "",
        cancel_url=place.url(request, "export-cancel", run_id=run.pk) if active else "",
    )  # fmt: skip


def _controls(asked: Asked) -> dict[str, forms.Field]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for column in asked.offered:
        if column.field is None or column.field.exportable:
            groups.setdefault(column.group, []).append((column.key, column.label))
    many = forms.SelectMultiple(attrs={"data-search": "1", "data-when": f"which={CHOSEN}"})
    offered = list(groups.items())
    return {
        "which": forms.ChoiceField(label="What of each", choices=WHICH, widget=forms.RadioSelect()),
        "columns": forms.MultipleChoiceField(label="Columns", choices=offered, widget=many, required=False),
        "format": forms.ChoiceField(label="Format", choices=ExportRun.Format.choices, widget=forms.RadioSelect()),
    }


def _wanted(request: FirmRequest, asked: Asked, form: ActionForm) -> dict[str, Any]:
    typed = form.typed()
    if typed["which"] == EVERY:
        columns = [c.key for c in asked.offered if c.field is None or c.field.exportable]
    elif not (columns := typed["columns"] or []):
        raise InvalidInput({"columns": ["Choose at least one column."]})
    common = {"columns": columns, "format": typed["format"] or "csv", "sort": asked.sort}
    if _is_bulk(request):
        return {**common, **selected(request, asked.noun)}
    return {**common, "criteria": asked.criteria, "query": asked.query}


def _is_bulk(request: FirmRequest) -> bool:
    """Tell whether it is for selected rows: the bar of a selection says how many there are."""
    return "count" in request.GET or bool(request.POST.get("selection"))
