"""What pages have in common on their way to the browser."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

Respond = Callable[[HttpRequest], HttpResponseBase]
TEXT = ("text/html", "application/json")


class CompressionMiddleware(GZipMiddleware):
    """Compress pages and parts of them: a list is a tenth of its size then.

    Not the API, whose ETags would become weak (RFC 9110, 8.8.1) and no good for If-Match, and no files.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text and large, for a browser that takes gzip."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in TEXT or request.path.startswith("/api/"):
            return response
        return super().process_response(request, response)


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
