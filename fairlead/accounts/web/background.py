"""The firm's background jobs: what waits, what runs, what failed and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts.admission import FirmRequest
from fairlead.jobs.public import cancel_job, firm_jobs, retry_job
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import whole_number
from fairlead.shell.responses import done

PAGE = 50
STATES = {"todo": ("Waiting", "slate"), "doing": ("Running", "blue"), "failed": ("Failed", "red")}


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List the jobs that are not over, the newest first; `state` narrows to one of their states."""
    request.actor.require("jobs.manage")
    state = request.GET.get("state", "")
    wanted = (state,) if state in STATES else tuple(STATES)
    found = firm_jobs(states=wanted, before=_before(request.GET.get("before", "")), limit=PAGE + 1)
    context = {
        "rows": [(job, *STATES[job.state]) for job in found[:PAGE]],
        "state": state,
        "states": [(key, label) for key, (label, _) in STATES.items()],
        "older": found[PAGE - 1].id if len(found) > PAGE else "",
    }
    return render(request, "accounts/background.html", context)


@require_POST
def retry(request: FirmRequest, job_id: int) -> HttpResponse:
    """Run a failed job again."""
    retry_job(job_id, by=request.actor)
    return done(request, "It runs again.", to=_index(request))


@require_POST
def cancel(request: FirmRequest, job_id: int) -> HttpResponse:
    """Cancel a job."""
    cancel_job(job_id, by=request.actor)
    return done(request, "It is cancelled.", to=_index(request))


def _before(text: str) -> int | None:
    if not text:
        return None
    found = whole_number(text)
    if found is None:
        raise InvalidInput({"before": ["The address of this page is broken, or was cut."]})
    return found


def _index(request: FirmRequest) -> str:
    return reverse("accounts:background", kwargs={"firm": request.firm.slug})
