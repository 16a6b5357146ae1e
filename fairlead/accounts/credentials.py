"""What programs show in the Authorization header: each kind of credential says how it is admitted and ended.

A credential reads `<prefix><firm, hexadecimal>_<secret>`: its firm part lets the request enter the firm before the
lookup, so no query ever searches the credentials of all firms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from fairlead.accounts.models import Membership
from fairlead.tenancy.public import Actor, Firm


@dataclass(frozen=True, slots=True)
class Credential:
    """A kind of credential; `name` tells in the log how many of it ended.

    `admit` takes firm and text, inside the firm's context, and returns who that is, or None. `end` takes a member who
    leaves and the actor, makes the member's credentials useless, and returns how many there were.
    """

    name: str
    prefix: str
    admit: Callable[[UUID, str], tuple[Firm, Actor] | None]
    end: Callable[[Membership, Actor], int]


@dataclass(frozen=True, slots=True)
class Presented:
    """A credential that a request shows; nothing is known yet to be true."""

    kind: Credential
    firm_id: UUID
    text: str


_registered: dict[str, Credential] = {}


def register(kind: Credential) -> None:
    """Register a kind; the same prefix twice raises ValueError."""
    if kind.prefix in _registered:
        raise ValueError(f"Two kinds of credentials begin with {kind.prefix}.")
    _registered[kind.prefix] = kind


def bearer(request: HttpRequest) -> str | None:
    """Return what stands in the Authorization header as a bearer token (RFC 6750), whatever it is, or None."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def presented(request: HttpRequest) -> Presented | None:
    """Return the credential that the request shows; None without one, or with one of no form that we give out."""
    text = bearer(request) or ""
    kind = _registered.get(text[:4])
    if kind is None:
        return None
    try:
        return Presented(kind, UUID(hex=text.split("_")[1]), text)
    except (IndexError, ValueError):
        return None


def end_all(member: Membership, *, by: Actor) -> dict[str, int]:
    """End every credential of a member; return how many of each kind there were."""
    return {kind.name: kind.end(member, by) for kind in _registered.values()}
