"""How far an errand is, and stopping it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts import errands
from fairlead.accounts.admission import FirmRequest
from fairlead.tenancy.public import one


@require_GET
def progress(request: FirmRequest, errand_id: UUID) -> HttpResponse:
    """Show how far an errand is."""
    return _shown(request, errand_id)


@require_POST
def stop(request: FirmRequest, errand_id: UUID) -> HttpResponse:
    """Stop an errand; what it did stays."""
    errands.stop_errand(errand_id, by=request.actor)
    return _shown(request, errand_id)


def _shown(request: FirmRequest, errand_id: UUID) -> HttpResponse:
    job = errands.as_job(one(errands.seen_by(request.actor), errand_id), request.firm)
    return render(request, "shell/progress/job.html", {"job": job})
