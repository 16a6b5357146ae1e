"""What programs call: token, revocation, introspection, metadata; and where a browser enters the protocol."""

import base64
import binascii
from collections.abc import Callable
from math import ceil
from urllib.parse import unquote_plus

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe
from oauth2_provider.oauth2_backends import get_oauthlib_core
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from fairlead.accounts.public import firms_of
from fairlead.oauth.actions.tokens import Answer, issue_tokens, revoke_tokens
from fairlead.oauth.engine import texts
from fairlead.oauth.web.consent import UNKNOWN
from fairlead.shell.api import limits
from fairlead.tenancy.public import declared, firm_context


@require_GET
@login_required
def authorize(request: HttpRequest) -> HttpResponse:
    """Lead on to the page where the person agrees, in the application's firm; 404 to who does not work there."""
    firm_id = texts.firm_of_client(request.GET.get("client_id", ""))
    firm = next((f for f in firms_of(request.user) if f.id == firm_id), None)  # type: ignore[arg-type]
    if firm is None:
        return render(request, "shell/error.html", {"status": 404, "message": UNKNOWN}, status=404)
    page = reverse("oauth:consent", kwargs={"firm": firm.slug})
    return HttpResponseRedirect(f"{page}?{request.META['QUERY_STRING']}")


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """Exchange a code or a refresh token (RFC 6749, 4.1.3 and 6)."""
    return _answered(request, issue_tokens)


@csrf_exempt
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End a token (RFC 7009)."""
    return _answered(request, revoke_tokens)


@csrf_exempt
@require_POST
def introspect(request: HttpRequest) -> HttpResponse:
    """Tell an application about a token of its own (RFC 7662)."""
    return _answered(request, _introspected)


@require_safe
def metadata(request: HttpRequest) -> HttpResponse:
    """Tell programs where everything is (RFC 8414)."""
    names = ("authorize", "token", "revoke", "introspect")
    at = {name: settings.BASE_URL + reverse(f"oauth_{name}") for name in names}
    methods = ["client_secret_basic", "client_secret_post"]
    found = {
        "issuer": settings.BASE_URL,
        "authorization_endpoint": at["authorize"],
        "token_endpoint": at["token"],
        "revocation_endpoint": at["revoke"],
        "introspection_endpoint": at["introspect"],
        "scopes_supported": [p.name for p in declared()],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": [*methods, "none"],
        "revocation_endpoint_auth_methods_supported": [*methods, "none"],
        "introspection_endpoint_auth_methods_supported": methods,
        "authorization_response_iss_parameter_supported": True,
        "service_documentation": f"{settings.BASE_URL}/api/v1/docs",
    }
    return JsonResponse(found, headers={"Access-Control-Allow-Origin": "*"})


def _introspected(request: HttpRequest) -> Answer:
    _, headers, body, status = get_oauthlib_core().create_introspection_response(request)
    return Answer(headers, body, status)


def _answered(request: HttpRequest, answer: Callable[[HttpRequest], Answer]) -> HttpResponse:
    """Enter the firm of the client and answer; the same to a client of no firm as to one that does not exist."""
    try:
        limits.count(Request(request))
    except Throttled as error:
        retry = {"Retry-After": str(ceil(getattr(error, "wait", None) or 1))}
        return JsonResponse({"error": "temporarily_unavailable"}, status=429, headers=retry)
    firm_id = texts.firm_of_client(_client_id(request))
    if firm_id is None:
        challenge = {"WWW-Authenticate": 'Bearer error="invalid_client"', "Cache-Control": "no-store"}
        return JsonResponse({"error": "invalid_client"}, status=401, headers=challenge)
    with firm_context(firm_id):
        answered = answer(request)
    return HttpResponse(
        answered.body, status=answered.status, content_type="application/json", headers=_plain(answered.headers)
    )


def _plain(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "content-type"}


def _client_id(request: HttpRequest) -> str:
    """Return the client id of the Basic credentials or of the body, unchecked."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return request.POST.get("client_id", "")
    try:
        return unquote_plus(base64.b64decode(value).decode().partition(":")[0])
    except (binascii.Error, UnicodeDecodeError):
        return ""
