"""Expected errors as pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from fairlead.kernel.errors import FairleadError, InvalidInput
from fairlead.shell import errors
from fairlead.shell.responses import go, is_partial, refused

LOGGED_OUT = "You are logged out. Log in in another tab, then press it again: what you typed is still here."


def page(request: HttpRequest, error: FairleadError) -> HttpResponse:
    """Return the error page for `error`, in the frame's plain form; to a part of a page only what is wrong.

    Whoever pressed a button on a page stays there and is told: no form with typed words is sent like that.
    """
    if is_partial(request):
        return refused(error.status, error.message)
    pressed_on = _page_before(request) if request.method == "POST" else ""
    if pressed_on and urlsplit(pressed_on).path != request.path:
        messages.error(request, error.message)
        return go(request, pressed_on)
    return errors.page(request, error.status, _plain(request, error))


def _plain(request: HttpRequest, error: FairleadError) -> str:
    """Return what is wrong; of an address that was opened without the names of its parameters, which nobody chose."""
    if not isinstance(error, InvalidInput) or request.method != "GET":
        return error.message
    return " ".join(message for messages in error.fields.values() for message in messages)


def only_for_forms(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """Give who opened an address that only takes what a form sends a page, where a browser would show its own."""
    if request.method != "GET" or is_partial(request):
        return answer
    told = errors.page(request, 405, "This address only takes what a form sends. Nothing was changed.")
    told["Allow"] = answer["Allow"]
    return told


def logged_out(request: HttpRequest) -> HttpResponse:
    """Send to the log-in; a part of a page only says so, for what is typed on the page must stay there."""
    if is_partial(request):
        return refused(401, LOGGED_OUT, link=("Log in", resolve_url(settings.LOGIN_URL)))
    return go(request, redirect_to_login(_readable(request)).url)


def _readable(request: HttpRequest) -> str:
    """Return where to go on after logging in: never an address that only takes what a form sends."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return _page_before(request) or resolve_url("/")


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours that sent this, empty when it is unknown."""
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host() or not page.path.startswith("/") or page.path.startswith("//"):
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path
