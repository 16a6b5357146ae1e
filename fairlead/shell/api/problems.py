"""Errors as problem details (RFC 9457): every failure of the API has this one shape."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from fairlead.kernel.errors import FairleadError, InvalidInput, NotFound, StaleTag, StaleVersion
from fairlead.kernel.machine import trouble
from fairlead.kernel.text import counted
from fairlead.shell.api.rendering import dump
from fairlead.shell.api.strict import TooLarge

MEDIA_TYPE = "application/problem+json"
Problem = dict[str, Any]
log = logging.getLogger("fairlead.api")

# What a code means; the reference page lists them, and `type` points there.
CODES: Mapping[str, tuple[int, str]] = {
    "malformed": (400, "The request cannot be read"),
    "unauthenticated": (401, "No valid API key was presented"),
    "forbidden": (403, "The key or role does not allow this"),
    "not_found": (404, "There is nothing here, or it is not yours to see"),
    "method_not_allowed": (405, "This address does not know the method"),
    "conflict": (409, "The state of the record does not allow this"),
    "in_flight": (409, "A request with this Idempotency-Key is still running"),
    "stale_version": (412, "The record was changed since you read it"),
    "too_large": (413, "The body is too large"),
    "unsupported_media_type": (415, "The body has a type that is not understood here"),
    "invalid": (422, "Some values are not valid"),
    "key_reused": (422, "The Idempotency-Key was used for another request"),
    "rate_limited": (429, "Too many requests"),
    "server_error": (500, "Something broke on our side"),
    "busy": (503, "Try again in a moment"),
    "no_room": (507, "The server's disk is full"),
}
_BY_STATUS = {status: code for code, (status, _) in reversed(list(CODES.items()))} | {403: "forbidden", 422: "invalid"}


def problem(status: int, code: str, detail: str, **extra: Any) -> Problem:
    """Return a problem document; `extra` adds members such as `errors` or `current_version`."""
    known = code if code in CODES else _BY_STATUS.get(status, "invalid")
    title = CODES[known][1] if known in CODES else HTTPStatus(status).phrase
    kind = f"{settings.BASE_URL}/api/v1/docs#problem-{known}"
    return {"type": kind, "title": title, "status": status, "detail": detail, "code": code, **extra}


def handler(error: Exception, context: Mapping[str, Any]) -> Response:
    """Turn any exception of an API view into a problem document, and undo what the request had written."""
    request = context.get("request")
    if hasattr(getattr(request, "_request", request), "firm"):  # the middleware has opened a transaction for it
        transaction.set_rollback(True)
    body, headers = describe(error, context)
    if body["status"] == 403:  # RFC 6750, 3.1: the credential is good, and does not reach so far
        headers["WWW-Authenticate"] = 'Bearer realm="Fairlead", error="insufficient_scope"'
    response = Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)
    response.exception = True
    return response


def beside_views(error: Exception) -> HttpResponse:
    """Return the problem document of what no view answers: an address that leads nowhere, a commit that was refused."""
    body, headers = describe(error, {})
    return HttpResponse(dump(body), status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def describe(error: Exception, context: Mapping[str, Any]) -> tuple[Problem, dict[str, str]]:
    """Return the document and the headers for an exception."""
    if isinstance(error, Http404):
        error = NotFound()
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if isinstance(error, FairleadError):
        return _expected(error)
    if isinstance(error, PermissionDenied):
        return problem(403, "forbidden", "You may not do this."), {}
    if isinstance(error, exceptions.APIException):
        return _framework(error)
    if isinstance(error, IntegrityError):
        return problem(409, "conflict", "Another record in the way, or one referred to is gone: read again."), {}
    if found := trouble(error):
        log.warning("database or disk: %s", error)
        return _expected(found)
    request = context.get("request")
    got_request_exception.send(sender=APIView, request=getattr(request, "_request", request))
    log.error("unexpected error in the API", exc_info=error)
    return problem(500, "server_error", "Something broke on our side; it has been logged."), {}


def _expected(error: FairleadError) -> tuple[Problem, dict[str, str]]:
    if isinstance(error, InvalidInput):
        errors = [item(path, error.code, m) for path, ms in error.fields.items() for m in ms]
        code = error.code if error.code in CODES else "invalid"
        return problem(error.status, code, _sentence(errors), errors=errors), {}
    if isinstance(error, StaleVersion):
        now = {"current_version": error.current}
        return problem(error.status, error.code, error.message, **now), {"ETag": f'"{error.current}"'}
    if isinstance(error, StaleTag):
        return problem(error.status, error.code, error.message), {"ETag": f'"{error.tag}"'}
    return problem(error.status, error.code, error.message), {"Retry-After": "1"} if error.status == 503 else {}


def _framework(error: exceptions.APIException) -> tuple[Problem, dict[str, str]]:
    headers = {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    if (wait := getattr(error, "wait", None)) is not None:
        seconds = max(1, ceil(wait))
        detail = f"Too many requests. Try again in {counted(seconds, 'second')}."
        return problem(error.status_code, "rate_limited", detail), {**headers, "Retry-After": str(seconds)}
    if isinstance(error, exceptions.ValidationError):
        errors = list(_leaves(error.detail, ""))
        return problem(422, "invalid", _sentence(errors), errors=errors), headers
    code = _BY_STATUS.get(error.status_code, "invalid")
    if isinstance(error.detail, exceptions.ErrorDetail) and error.detail.code in CODES:
        code = str(error.detail.code)
    return problem(error.status_code, code, str(error.detail)), headers


def item(path: str, code: str, message: str) -> dict[str, str]:
    """Return one entry of `errors`; a path such as `?limit` names a query parameter, `?filter:all.0` a place inside it,
    `If-Match:` a header.

    A place in the body has its dotted path as `field` and its JSON pointer (RFC 6901) as `pointer`.
    """
    if path.startswith("?"):
        name, inside, place = path[1:].partition(":")
        found = {"parameter": name, "code": code, "message": message}
        return found | {"pointer": _pointer(place)} if inside else found
    if path.endswith(":"):
        return {"header": path[:-1], "code": code, "message": message}
    return {"field": path, "pointer": _pointer(path), "code": code, "message": message}


def _pointer(path: str) -> str:
    parts = [p.replace("~", "~0").replace("/", "~1") for p in path.split(".")] if path else []
    return "".join(f"/{p}" for p in parts)


def _leaves(detail: Any, path: str) -> Iterator[dict[str, str]]:
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            step = "" if key == "non_field_errors" else str(key)
            yield from _leaves(inner, f"{path}.{step}".strip(".") if step else path)
    elif isinstance(detail, Sequence) and not isinstance(detail, str):
        for index, inner in enumerate(detail):
            yield from _leaves(inner, path if isinstance(inner, str) else f"{path}.{index}".strip("."))
    else:
        yield item(path, str(getattr(detail, "code", "invalid")), str(detail))


def _sentence(errors: Sequence[Mapping[str, str]]) -> str:
    first = errors[0] if errors else {"message": "Some values are not valid."}
    place = first.get("parameter") or first.get("header") or first.get("field")
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{place}: {first['message']}{more}" if place else f"{first['message']}{more}"
