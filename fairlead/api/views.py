"""The OpenAPI document, the page that shows it, and the answer at addresses where there is nothing."""

import sys
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from fairlead.api import document
from fairlead.api import reference as documented
from fairlead.kernel.errors import NotFound
from fairlead.kernel.machine import trouble
from fairlead.shell import errors
from fairlead.shell.api import problems
from fairlead.shell.api.rendering import dump
from fairlead.shell.responses import is_partial


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI 3.1 document; it tells nothing about any firm, so it needs no key."""
    return HttpResponse(_openapi(), content_type="application/vnd.oai.openapi+json;version=3.1")


@lru_cache(maxsize=1)
def _openapi() -> bytes:
    return dump(document.build())


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show the reference: in the frame of the firm under `/f/<firm>/`, by itself for those who are not logged in.

    All of it would be 60,000 elements: an operation draws what it takes and gives when it is opened (`?operation=`).
    """
    query = request.GET.get("q", "")[:200].replace("\x00", "")
    opened = documented.operation(request.GET.get("operation", ""))
    if opened and is_partial(request):
        return render(request, "api/operation.html", {"operation": opened})
    shown = {
        "query": query, "groups": documented.only(opened) if opened else documented.groups(query), "opened": opened,
        "all_groups": documented.groups(), "codes": documented.codes(),
    }  # fmt: skip
    template = "api/reference.html" if hasattr(request, "firm") else "api/reference_public.html"
    return render(request, template, shown)


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer 404 as a problem document."""
    return problems.beside_views(NotFound())


def broken(request: HttpRequest) -> HttpResponse:
    """Answer what broke outside of any view: a problem document under /api/, else our page."""
    if not request.path.startswith("/api/"):
        return errors.broken(request)
    if found := trouble(sys.exc_info()[1]):
        return problems.beside_views(found)
    body = problems.problem(500, "server_error", "Something broke on our side; it has been logged.")
    return HttpResponse(dump(body), status=500, content_type=problems.MEDIA_TYPE)
