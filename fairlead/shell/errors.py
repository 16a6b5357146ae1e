"""Pages of errors that no view answers: an address that leads nowhere, a form from elsewhere, something broken."""

import sys

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from fairlead.kernel.machine import trouble
from fairlead.shell.responses import is_partial, refused

TOO_OFTEN = "That was tried too often in a short time. Wait a few minutes, then try again; nothing was changed."
STRANGE_HOST = "Nothing is served under this host name. Whoever runs the installation names it in FAIRLEAD_HOSTS.\n"
STALE_FORM = "This form is too old, or came from somewhere else. Load the page again and send it once more."


def page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """Return the error page, which needs neither a log-in nor a firm.

    A page whose address asks for what it cannot show is offered as it is without that.
    """
    plain = request.path if status in (400, 422) and request.method == "GET" and request.GET else ""
    shown = {"status": status, "message": message, "plain": plain}
    return render(request, "shell/error.html", shown, status=status)


def dead_link(request: HttpRequest, message: str, way_on: tuple[str, str], status: int = 404) -> HttpResponse:
    """Say of the link of a mail that it is used up, and where to go on: `way_on` is a label and an address."""
    shown = {"status": status, "message": message, "title": "This link does not work any more", "way_on": way_on}
    return render(request, "shell/error.html", shown, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; without our page under a host name that is not ours, which the page would ask for again."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse(STRANGE_HOST, status=400, content_type="text/plain")
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return page(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 where the token against forged requests (CSRF) is missing or wrong."""
    if is_partial(request):
        return refused(403, STALE_FORM)
    return page(request, 403, STALE_FORM)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer 429 where somebody logs in, signs up or asks for mails more often than is good."""
    if is_partial(request):
        return refused(429, TOO_OFTEN)
    return page(request, 429, TOO_OFTEN)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, or what the machine cannot do: with our page, and with Django's bare one when that is what broke."""
    found = trouble(sys.exc_info()[1])
    if found and is_partial(request):
        return refused(found.status, found.message)
    try:
        return page(request, found.status, found.message) if found else page(request, 500)
    except Exception:
        return server_error(request)
