"""Expected errors as pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fairlead.kernel.errors import FairleadError


def page(request: HttpRequest, error: FairleadError) -> HttpResponse:
    """Return the error page for `error`, in the frame's plain form."""
    return render(request, "shell/error.html", {"error": error, "status": error.status}, status=error.status)
