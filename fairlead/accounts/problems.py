"""Expected errors as pages."""

from django.http import HttpRequest, HttpResponse

from fairlead.kernel.errors import FairleadError
from fairlead.shell import errors


def page(request: HttpRequest, error: FairleadError) -> HttpResponse:
    """Return the error page for `error`, in the frame's plain form."""
    return errors.page(request, error.status, error.message)
