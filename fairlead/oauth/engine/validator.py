"""What the protocol asks of our tables. Runs inside the firm's context, so it sees that firm only."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.oauth2 import InvalidGrantError, InvalidRequestError, InvalidScopeError

from fairlead.accounts.public import hash_secret
from fairlead.kernel import clock
from fairlead.oauth.admission import scopes_of
from fairlead.oauth.engine.scopes import Scopes
from fairlead.oauth.engine.texts import firm_of_client
from fairlead.oauth.models import AccessToken, Application, Connection, Grant, RefreshToken

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_SCOPE, _TOLD = re.compile(r"[\w.-]{1,60}", re.ASCII), 5  # what of an unfit scope may stand in an answer


class Validator(OAuth2Validator):  # type: ignore[misc]
    """The toolkit's validator, with codes stored as hashes and everything hung on a connection."""

    def _load_application(self, client_id: str | None, request: Any) -> Application | None:
        """Return the application; what is no client id of ours is not asked for."""
        if firm_of_client(client_id or "") is None:
            return None
        found: Application | None = super()._load_application(client_id, request)
        if found is not None:  # all that the toolkit hands to `_check_secret`; the application is never saved here
            found.client_secret = " ".join(found.secrets)
        return found

    def _check_secret(self, provided: str, stored: str) -> bool:
        """Compare with the hashes: 256 random bits need no slow one."""
        shown = hash_secret(provided)
        return any(constant_time_compare(shown, secret) for secret in stored.split())

    def _check_and_set_request_resource(self, request: Any) -> None:
        """Ignore resource indicators: there is one resource, the API."""

    def validate_scopes(self, client_id: str, scopes: list[str], client: Any, request: Any, *args: Any) -> bool:
        """Tell whether there is a scope; raise the protocol's error, by name, for those it may not ask for."""
        offered = Scopes().get_available_scopes(application=client)
        refused = [name for name in scopes if name not in offered]
        if refused:
            told = " ".join(name for name in refused[:_TOLD] if _SCOPE.fullmatch(name))
            raise InvalidScopeError(description=f"This application may not ask for: {told}", request=request)
        return bool(scopes)

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        """Ask for a challenge always; raise the protocol's error for one that is no SHA-256 (RFC 7636, 4.2)."""
        challenge = getattr(request, "code_challenge", None)
        if challenge is not None and not _CHALLENGE.fullmatch(challenge):
            raise InvalidRequestError(description="The code challenge is no S256 challenge.", request=request)
        return True

    # Authorization codes

    def _create_authorization_code(self, request: Any, code: dict[str, str], expires: Any = None) -> Grant:
        lifetime = timedelta(seconds=settings.OAUTH2_PROVIDER["AUTHORIZATION_CODE_EXPIRE_SECONDS"])
        grant: Grant = Grant.objects.create(
            application=request.client, connection=request.connection, code=hash_secret(code["code"]),
            expires=clock.now() + lifetime, redirect_uri=request.redirect_uri, scope=" ".join(request.scopes),
            code_challenge=request.code_challenge, code_challenge_method=request.code_challenge_method,
        )  # fmt: skip
        return grant

    def validate_code(self, client_id: str, code: str, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Tell whether the code lives, is the application's, and its member still works here.

        One that was redeemed already ends the tokens that it became (RFC 6749, 4.1.2).
        """
        grants = Grant.rows().select_related("connection__membership")
        grant = grants.filter(code=hash_secret(code), application=client).first()
        if grant is not None and grant.redeemed is not None:
            RefreshToken.revoke_family(grant.pk)
            return False
        if grant is None or not super().validate_code(client_id, hash_secret(code), client, request):
            return False
        request.connection, request.family = grant.connection, grant.pk
        return bool(grant.connection.membership.is_active)

    def confirm_redirect_uri(
        self, client_id: str, code: str, redirect_uri: str, client: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Tell whether the address is the one that the code was sent to."""
        return bool(super().confirm_redirect_uri(client_id, hash_secret(code), redirect_uri, client))

    def invalidate_authorization_code(self, client_id: str, code: str, request: Any, *args: Any, **kwargs: Any) -> None:
        """Spend the code; raise the protocol's error when somebody was faster."""
        living = Grant.rows().filter(code=hash_secret(code), application=request.client, redeemed=None)
        if not living.update(redeemed=clock.now()):
            raise InvalidGrantError(request=request)

    def get_code_challenge(self, code: str, request: Any) -> str | None:
        """Return what the verifier must hash to."""
        found: str | None = super().get_code_challenge(hash_secret(code), request)
        return found

    def get_code_challenge_method(self, code: str, request: Any) -> str | None:
        """Return how it hashes."""
        found: str | None = super().get_code_challenge_method(hash_secret(code), request)
        return found

    # Tokens

    def validate_refresh_token(self, refresh_token: str, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Tell whether it lives, is the application's, and its member still works here. A spent one ends its family."""
        if not super().validate_refresh_token(refresh_token, client, request):
            return False
        request.connection = request.refresh_token_instance.connection
        return bool(request.connection.membership.is_active)

    def _create_access_token(
        self, expires: Any, request: Any, token: dict[str, Any], source_refresh_token: RefreshToken | None = None
    ) -> AccessToken:
        made = AccessToken(
            application=request.client, connection=request.connection, scope=token["scope"], expires=expires,
            source_refresh_token=source_refresh_token,
        )  # fmt: skip
        self._set_token_value(made, token["access_token"])
        made.save()
        return made

    def _create_refresh_token(
        self, request: Any, refresh_token_code: str, access_token: AccessToken, previous: RefreshToken | None
    ) -> RefreshToken:
        family = previous.token_family if previous else request.family
        made = RefreshToken(
            application=request.client, connection=request.connection, access_token=access_token, token_family=family
        )
        self._set_token_value(made, refresh_token_code)
        made.save()
        return made

    def introspect_token(self, token: str, hint: str, request: Any, *args: Any) -> dict[str, Any] | None:
        """Tell an application that keeps a secret about a living token of its own, and nobody about others."""
        if request.client.client_type != Application.Kind.CONFIDENTIAL:
            return None
        mine = {"token_checksum": hash_secret(token), "application": request.client}
        access = AccessToken.rows().filter(**mine, expires__gt=clock.now()).first()
        if access is not None:
            times = {"exp": int(access.expires.timestamp()), "iat": int(access.created_at.timestamp())}
            return {**_claims(access.connection, access), **times, "token_type": "Bearer"}
        refresh = RefreshToken.rows().filter(**mine, revoked=None).exclude(access_token=None).first()
        return None if refresh is None else _claims(refresh.connection, refresh.access_token)


def _claims(connection: Connection, token: AccessToken) -> dict[str, Any]:
    user, scope = connection.membership.user, " ".join(scopes_of(token))
    claims = {"sub": str(connection.membership_id), "username": user.email, "scope": scope}
    return claims | {"client_id": connection.application.client_id, "iss": settings.BASE_URL}
