"""The token endpoint and the revocation endpoint: codes and refresh tokens become tokens, tokens end.

The protocol's answers are the toolkit's. An answer that refuses commits too: a code or refresh token that was spent and
comes again has ended its family.
"""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from oauth2_provider.oauth2_backends import get_oauthlib_core

from fairlead.accounts.public import hash_secret
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.oauth.admission import actor_of
from fairlead.oauth.models import AccessToken, Connection, Grant, RefreshToken
from fairlead.shell.caller import client_ip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the protocol answers: headers, a JSON text, a status."""

    headers: dict[str, str]
    body: str
    status: int


@transaction.atomic
def issue_tokens(request: HttpRequest) -> Answer:
    """Exchange a code or a refresh token for an access token and a refresh token. In the firm's context.

    Of two that bring the same one at a moment, the second waits, and finds it spent.
    """
    code, refresh = (hash_secret(request.POST.get(name, "")) for name in ("code", "refresh_token"))
    Grant.rows().select_for_update(of=("self",)).filter(code=code).first()
    RefreshToken.rows().select_for_update(of=("self",)).filter(token_checksum=refresh).first()
    reused = _reused(code, refresh)
    _, headers, body, status = get_oauthlib_core().create_token_response(request)
    if reused is not None and not _is_living(reused[0]):
        _record("application.token_reused", reused[1], request)
    if status == 200 and request.POST.get("grant_type") == "authorization_code":
        issued = AccessToken.rows().get(token_checksum=hash_secret(json.loads(body)["access_token"]))
        _record("application.logged_in", issued.connection, request)
    return Answer(headers, body, status)


@transaction.atomic
def revoke_tokens(request: HttpRequest) -> Answer:
    """End a token and the one that belongs to it (RFC 7009); unknown ones are no error. In the firm's context."""
    found = _holder(request.POST.get("token", ""))
    _, headers, body, status = get_oauthlib_core().create_revocation_response(request)
    if found is not None and _holder(request.POST.get("token", "")) is None:
        _record("application.logged_out", found, request)
    return Answer(headers, body, status)


@transaction.atomic
def forget_tokens() -> int:
    """Delete what is of no use any more, in the firm of the context: no event, it is no news. Returns how many."""
    now = clock.now()
    old = now - timedelta(seconds=settings.OAUTH2_PROVIDER["REFRESH_TOKEN_EXPIRE_SECONDS"])
    spent, _ = Grant.rows().filter(expires__lte=now).delete()
    dead = Q(revoked__lte=old) | Q(access_token__expires__lte=old) | Q(revoked=None, access_token=None)
    refresh, _ = RefreshToken.rows().filter(dead).delete()
    held = RefreshToken.rows().exclude(access_token=None).values("access_token")
    access, _ = AccessToken.rows().filter(expires__lte=now).exclude(pk__in=held).delete()
    return spent + refresh + access


def _reused(code: str, refresh: str) -> tuple[UUID, Connection] | None:
    """Return the living family of a code or refresh token (hashes) that was spent already, with its connection."""
    spent = RefreshToken.rows().filter(token_checksum=refresh).exclude(revoked=None).first()
    redeemed = Grant.rows().filter(code=code).exclude(redeemed=None).first()
    if spent is not None:
        found = spent.token_family, spent.connection
    elif redeemed is not None:
        found = redeemed.pk, redeemed.connection
    else:
        return None
    return found if _is_living(found[0]) else None


def _is_living(family: UUID) -> bool:
    return RefreshToken.rows().filter(token_family=family, revoked=None).exists()


def _holder(text: str) -> Connection | None:
    """Return the connection of a living token, whichever kind it is."""
    checksum = hash_secret(text)
    refresh = RefreshToken.rows().filter(token_checksum=checksum, revoked=None).first()
    token = refresh or AccessToken.rows().filter(token_checksum=checksum).first()
    return None if token is None else token.connection


def _record(event: str, connection: Connection, request: HttpRequest) -> None:
    by = actor_of(connection, connection.firm, connection.scopes)
    by = replace(by, ip=client_ip(request), user_agent=request.headers.get("User-Agent", "")[:300])
    name = connection.application.name
    record(event, by=by, subject=("application", connection.application_id), data={"name": name})
