"""The page on which a person agrees that an application acts for them."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from oauth2_provider.exceptions import FatalClientError, OAuthToolkitError
from oauth2_provider.oauth2_backends import get_oauthlib_core
from oauthlib.oauth2 import AccessDeniedError, OAuth2Error

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import FairleadError, NotFound
from fairlead.oauth.actions.connections import connect
from fairlead.oauth.models import Application
from fairlead.tenancy.public import Permission, known

UNKNOWN = "No application that you may use has this client_id. Perhaps it was deleted: tell whoever sent you here."
NOTHING = "Tick what it may do, or choose Do not allow."


class Back(HttpResponseRedirect):
    """Leads the browser back to the application, with GET (RFC 9700, 4.12)."""

    status_code = 303


@require_http_methods(["GET", "POST"])
def page(request: FirmRequest) -> HttpResponse:
    """Ask whether the application may act for the person; a POST answers it. What was asked stands in the address.

    The person may grant less than is asked for: the answer to the exchanged code says what (RFC 6749, 3.3).
    """
    request.actor.require("applications.connect")
    core = get_oauthlib_core()
    try:
        scopes, credentials = core.validate_authorization_request(request)
        application = Application.rows().get(client_id=credentials["client_id"])
        if request.method == "GET":
            return _asked(request, application, scopes, credentials["redirect_uri"])
        if "allow" in request.POST:
            granted = [name for name in scopes if name in request.POST.getlist("granted")]
            if not granted:
                return _asked(request, application, scopes, credentials["redirect_uri"], error=NOTHING)
            refused = set(scopes) - set(granted)
            return Back(connect(application, granted, credentials, request, refused=refused, by=request.actor))
        return Back(_told(AccessDeniedError(state=credentials.get("state")), credentials["redirect_uri"]))
    except FatalClientError as error:
        raise _refused(error) from None
    except OAuthToolkitError as error:
        return Back(_told(error.oauthlib_error, error.oauthlib_error.redirect_uri))


def _refused(error: FatalClientError) -> FairleadError:
    """Return what the person is told: nobody is sent to an address that is not the application's."""
    if error.oauthlib_error.error == "invalid_request" and "redirect" in error.oauthlib_error.description.lower():
        return FairleadError("The application asks to be answered at an address that is not registered for it.")
    return NotFound(UNKNOWN)


def _told(error: OAuth2Error, redirect_uri: str) -> str:
    """Return where the application hears why there is no code: with `state` (RFC 6749) and `iss` (RFC 9207)."""
    return f"{error.in_uri(redirect_uri)}&{urlencode({'iss': settings.BASE_URL})}"


def _asked(
    request: FirmRequest, application: Application, scopes: list[str], redirect_uri: str, error: str = ""
) -> HttpResponse:
    groups: dict[str, list[tuple[Permission, bool]]] = {}
    for permission in sorted(map(known, scopes), key=lambda p: p.group):
        groups.setdefault(permission.group, []).append((permission, request.actor.can(permission.name)))
    parts = urlsplit(redirect_uri)
    shown: dict[str, Any] = {
        "application": application, "groups": groups, "action": request.get_full_path(), "target": parts.netloc,
        "error": error,
    }  # fmt: skip
    response = render(request, "oauth/consent.html", shown, status=422 if error else 200)
    # The form's answer leads there, which counts as the form's target; the grammar has no IPv6 addresses.
    source = "http:" if "[" in parts.netloc else f"{parts.scheme}://{parts.netloc}"
    response._csp_update = {"form-action": [source]}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response
