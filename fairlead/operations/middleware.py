"""Outermost: gives each request an id and a span, and counts and logs it when it is answered."""

import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from opentelemetry.trace import Span, SpanKind, StatusCode

from fairlead.kernel.ids import uuid7
from fairlead.kernel.tracing import span
from fairlead.operations import metrics

log = structlog.get_logger("fairlead.requests")
_ID = re.compile(r"[A-Za-z0-9._-]{8,80}\Z")
_SECRET = {"token", "key", "code", "uidb36"}
_QUIET = ("/health", "/metrics", "/static/")


class RequestLogMiddleware:
    """Binds `request_id` to every log line of a request, and sends it back as X-Request-ID."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, count, log. Neither query strings nor bodies are logged: they carry personal data and tokens."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.match(given) else str(uuid7())
        started = time.perf_counter()
        spans = span(request.method or "", kind=SpanKind.SERVER, headers=request.headers)
        with structlog.contextvars.bound_contextvars(request_id=request_id), spans as opened:
            response = self.get_response(request)
            _describe(opened, request, response.status_code, request_id)
            seconds = time.perf_counter() - started
            _count(request, response.status_code, seconds)
            if not request.path.startswith(_QUIET):
                log.info(
                    "request",
                    method=request.method,
                    path=loggable_path(request),
                    status=response.status_code,
                    milliseconds=round(seconds * 1000, 1),
                    **_who(request),
                )
        response["X-Request-ID"] = request_id
        return response


def loggable_path(request: HttpRequest) -> str:
    """Return the path without what would let a reader of the log in: tokens of links sent by mail."""
    path = request.path
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in _SECRET:
            path = path.replace(str(value), "…")
    return path


def _describe(opened: Span, request: HttpRequest, status: int, request_id: str) -> None:
    """Name a request's span as OpenTelemetry's conventions for HTTP say."""
    if not opened.is_recording():
        return
    match = request.resolver_match
    if match is not None:
        opened.update_name(f"{request.method} /{match.route}")
        opened.set_attribute("http.route", f"/{match.route}")
    known: dict[str, str | int] = {"http.request.method": request.method or "", "url.path": loggable_path(request),
                                   "http.response.status_code": status, "fairlead.request_id": request_id}  # fmt: skip
    opened.set_attributes(known | {f"fairlead.{name}": value for name, value in _who(request).items()})
    if status >= 500:
        opened.set_status(StatusCode.ERROR)


def _count(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    view = match.view_name if match and match.view_name else "none"
    metrics.REQUESTS.labels(request.method or "", view, str(status)).inc()
    metrics.SECONDS.labels(view).observe(seconds)


def _who(request: HttpRequest) -> dict[str, str]:
    """Return firm and actor, which are out of context by now."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    return {"firm_id": str(actor.firm_id), "actor": str(actor.key_id or actor.user_id or actor.kind)}
