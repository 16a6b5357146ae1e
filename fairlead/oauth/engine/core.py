"""The toolkit's bridge from Django's requests to the server, with introspection by the server itself."""

from django.http import HttpRequest
from oauth2_provider.oauth2_backends import OAuthLibCore


class Core(OAuthLibCore):  # type: ignore[misc]
    """The toolkit asks for a token of a special scope to introspect; RFC 7662 is content with the client's secret."""

    def _get_escaped_full_path(self, request: HttpRequest) -> str:
        """Return the address as Django has read it: oauthlib raises at an encoding that is none."""
        return f"{request.path}?{request.GET.urlencode()}" if request.GET else str(request.path)

    def create_introspection_response(self, request: HttpRequest) -> tuple[None, dict[str, str], str, int]:
        """Return headers, body and status, in the form of the other answers."""
        uri, method, body, headers = self._extract_params(request)
        answered: tuple[dict[str, str], str, int] = self.server.create_introspect_response(uri, method, body, headers)
        return None, *answered
