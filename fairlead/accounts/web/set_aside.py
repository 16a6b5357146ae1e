"""Events that a consumer could not handle, to be tried again or given up."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlead.accounts import aside
from fairlead.accounts.admission import FirmRequest
from fairlead.events.public import discard_set_aside, retry_set_aside, set_asides
from fairlead.kernel.errors import InvalidInput
from fairlead.shell.responses import done

PAGE = 50


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """List what was set aside."""
    request.actor.require("log.manage")
    found = set_asides(before=_before(request.GET.get("before", "")), limit=PAGE + 1)
    context = {
        "lines": aside.lines(found[:PAGE], request.actor, request.firm),
        "older": found[PAGE - 1].pk if len(found) > PAGE else "",
    }
    return render(request, "accounts/set_aside.html", context)


@require_POST
def retry(request: FirmRequest, set_aside_id: UUID) -> HttpResponse:
    """Try one again."""
    retry_set_aside(set_aside_id, by=request.actor)
    return done(request, "It is tried again in the background.", to=_index(request))


@require_POST
def discard(request: FirmRequest, set_aside_id: UUID) -> HttpResponse:
    """Give one up."""
    discard_set_aside(set_aside_id, by=request.actor)
    return done(request, "It is given up.", to=_index(request))


def _before(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise InvalidInput({"before": ["The address of this page is broken, or was cut."]}) from None


def _index(request: FirmRequest) -> str:
    return reverse("accounts:set_aside", kwargs={"firm": request.firm.slug})
