"""Expected errors as pages."""

from django.http import HttpRequest, HttpResponse

from fairlead.kernel.errors import FairleadError
from fairlead.shell import errors
from fairlead.shell.responses import is_partial, refused


def page(request: HttpRequest, error: FairleadError) -> HttpResponse:
    """Return the error page for `error`, in the frame's plain form; to a part of a page only what is wrong."""
    if is_partial(request):
        return refused(error.status, error.message)
    return errors.page(request, error.status, error.message)
