"""Finding the firm and the actor of a request."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest

from fairlead.accounts import keyring
from fairlead.accounts.actors import actor_for, actor_for_key
from fairlead.accounts.credentials import Presented
from fairlead.accounts.models import ApiKey, Membership, User
from fairlead.kernel import clock
from fairlead.kernel.errors import NotFound
from fairlead.shell.caller import client_ip
from fairlead.tenancy.public import Actor, Firm

PREFIX = "flk_"
SEEN_EVERY = timedelta(minutes=5)


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: User


class FirmRequest(PersonRequest):
    """A request that was admitted to a firm."""

    firms: Sequence[Firm]  # all that the person works in, by name
    firm: Firm
    actor: Actor


def firm_by_slug(slug: str) -> Firm:
    """Return the firm or raise `NotFound`."""
    try:
        return Firm.objects.get(slug=slug)
    except Firm.DoesNotExist:
        raise NotFound from None


def one_of(firms: Sequence[Firm], slug: str) -> Firm:
    """Return the firm with the slug; `NotFound` for one in which the person does not work, as if it did not exist."""
    for firm in firms:
        if firm.slug == slug:
            return firm
    raise NotFound


def member_actor(request: PersonRequest, firm: Firm) -> Actor:
    """Return the actor of the logged-in member; `NotFound` for everybody else, as if the firm did not exist."""
    membership = Membership.rows().select_related("custom_role").filter(user=request.user, deactivated_at=None).first()
    if membership is None:
        raise NotFound
    membership.user = request.user  # read already, with the session
    _seen(membership)
    agent = request.headers.get("User-Agent", "")[:300]
    return replace(actor_for(membership, firm), via="web", ip=client_ip(request), user_agent=agent)


def hash_secret(secret: str) -> str:
    """Return the stored form of a random secret: SHA-256, since 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def admit_program(request: HttpRequest, shown: Presented) -> tuple[Firm, Actor] | None:
    """Return firm and actor of a valid credential, or None: the API then answers 401. Inside the firm's context."""
    admitted = shown.kind.admit(shown.firm_id, shown.text)
    if admitted is None:
        return None
    firm, actor = admitted
    agent = request.headers.get("User-Agent", "")[:300]
    return firm, replace(actor, ip=client_ip(request), user_agent=agent)


def admit_key(firm_id: UUID, text: str) -> tuple[Firm, Actor] | None:
    """Return firm and actor of a valid key, or None. One statement."""
    key = keyring.find(firm_id, hash_secret(text.rpartition("_")[2]))
    if key is None or (key.expires_at and key.expires_at <= clock.now()):
        return None
    _used(key)
    return key.firm, actor_for_key(key, key.firm)


def _seen(membership: Membership) -> None:
    now = clock.now()
    if membership.last_seen_at is None or membership.last_seen_at < now - SEEN_EVERY:
        Membership.rows().filter(pk=membership.pk).update(last_seen_at=now)


def _used(key: ApiKey) -> None:
    now = clock.now()
    if key.last_used_at is None or key.last_used_at < now - SEEN_EVERY:
        ApiKey.rows().filter(pk=key.pk).update(last_used_at=now)
