"""Keys and access tokens for Django REST framework."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from fairlead.accounts.credentials import bearer


class Caller:
    """What DRF calls the user: an admitted actor."""

    is_authenticated = True

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.pk = actor.key_id or actor.membership_id


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer …` (RFC 6750); the middleware has already looked the credential up inside its firm."""

    def authenticate(self, request: Request) -> tuple[Caller, Any] | None:
        """Return the admitted caller, None without a credential, 401 for one that is unknown, expired or revoked."""
        actor = getattr(request._request, "actor", None)
        if actor is not None:
            return Caller(actor), actor
        if bearer(request._request) is None:
            return None
        raise AuthenticationFailed("This API key or access token is unknown, expired or revoked.")

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of the 401; it names an error only to who has shown something (RFC 6750, 3.1)."""
        if bearer(request._request) is None:
            return 'Bearer realm="Fairlead"'
        return 'Bearer realm="Fairlead", error="invalid_token", error_description="Unknown, expired or revoked."'
