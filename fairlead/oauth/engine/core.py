"""The toolkit's bridge from Django's requests to the server, with introspection by the server itself."""

from django.http import HttpRequest
from oauth2_provider.oauth2_backends import OAuthLibCore


class Core(OAuthLibCore):  # type: ignore[misc]
    """The toolkit asks for a token of a special scope to introspect; RFC 7662 is content with the client's secret."""

    def create_introspection_response(self, request: HttpRequest) -> tuple[None, dict[str, str], str, int]:
        """Return headers, body and status, in the form of the other answers."""
        uri, method, body, headers = self._extract_params(request)
        answered: tuple[dict[str, str], str, int] = self.server.create_introspect_response(uri, method, body, headers)
        return None, *answered
