"""The widget of background work in the top bar: what the member has started lately, of every kind."""

from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlead.accounts.public import Errand, FirmRequest, errands
from fairlead.records.models import BulkRun, ExportRun, ImportRun
from fairlead.records.web import bulk, exports, imports

SHOWN = 5
Run = TypeVar("Run", BulkRun, ExportRun, ImportRun, Errand)


@require_GET
def jobs(request: FirmRequest) -> HttpResponse:
    """Show the member's latest bulk actions, exports, imports and errands, the newest first."""
    me = request.actor.membership_id
    started = ImportRun.rows().exclude(status=ImportRun.Status.UPLOADED).filter(started_by=me)
    found = [
        *((r.created_at, bulk.as_job(request, r)) for r in _newest(BulkRun.rows().filter(membership=me))),
        *((r.created_at, exports.as_job(request, r)) for r in _newest(ExportRun.rows().filter(membership=me))),
        *((r.created_at, imports.as_job(request, r, aside=True)) for r in _newest(started)),
        *((e.created_at, errands.as_job(e, request.firm)) for e in _newest(_errands(request))),
    ]
    newest = sorted(found, key=lambda one: one[0], reverse=True)[:SHOWN]
    return render(request, "shell/progress/jobs.html", {"jobs": [job for _, job in newest]})


def _errands(request: FirmRequest) -> QuerySet[Errand]:
    return errands.seen_by(request.actor).filter(membership=request.actor.membership_id)


def _newest(rows: QuerySet[Run]) -> QuerySet[Run]:
    return rows.order_by("-created_at", "-id")[:SHOWN]
