"""API keys for Django REST framework."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from fairlead.accounts.admission import presented_key


class Caller:
    """What DRF calls the user: an admitted actor."""

    is_authenticated = True

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.pk = actor.key_id or actor.membership_id


class KeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer flk_…` (RFC 6750); the middleware has already looked the key up inside its firm."""

    def authenticate(self, request: Request) -> tuple[Caller, Any] | None:
        """Return the admitted caller, None without a key, 401 for a key that is unknown, expired or revoked."""
        actor = getattr(request._request, "actor", None)
        if actor is not None:
            return Caller(actor), actor
        if presented_key(request._request) is None:
            return None
        raise AuthenticationFailed("This API key is unknown, expired or revoked.")

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of the 401."""
        return 'Bearer realm="Fairlead"'
