"""What every answer to htmx has in common."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

Respond = Callable[[HttpRequest], HttpResponseBase]


class PartsMiddleware:
    """Keep parts of pages out of the browser's memory.

    A list and its rows have one address: who came back to it by the browser's Back would get the rows alone, without
    the page around them.
    """

    def __init__(self, get_response: Respond) -> None:
        """Wrap the rest of the application."""
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say that a part is not to be kept."""
        response = self._respond(request)
        if request.headers.get("HX-Request") == "true":
            response.headers.setdefault("Cache-Control", "no-store")
            patch_vary_headers(response, ["HX-Request"])
        return response
