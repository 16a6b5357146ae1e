"""API keys: create, rotate, revoke. The key itself is returned once and never stored."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.accounts import access, grants, rotation
from fairlead.accounts.admission import PREFIX, hash_secret
from fairlead.accounts.models import ApiKey, Membership
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput
from fairlead.kernel.fields import Fields
from fairlead.shell import seen
from fairlead.tenancy.public import Actor, UnknownPermission, checked


@transaction.atomic
def create_key(values: Mapping[str, Any], *, by: Actor) -> tuple[ApiKey, str]:
    """Create a key that acts for the actor and return it with its text, which nobody can read again.

    `values`: `name`, `scopes` (permission names; none means all of the member's), `expires_at`. Raises `InvalidInput`,
    and `Forbidden` for a scope that the actor lacks.
    """
    by.require("keys.create")
    _require_lasting(by)
    cleaned = _read(values, by)
    text, secret = _new(by.firm_id)
    key = ApiKey.objects.create(
        membership_id=by.membership_id, created_by_id=by.membership_id, hint=text[-6:], secret_hash=secret, **cleaned
    )
    data = {"name": key.name, "scopes": key.scopes, "expires_at": key.expires_at, "hint": key.hint}
    record("key.created", by=by, subject=("key", key.id), data=data)
    return key, text


@transaction.atomic
def rotate_key(key_id: UUID, *, by: Actor, grace: timedelta = rotation.NONE) -> tuple[ApiKey, str]:
    """Give a key a new text, for the same scopes and expiry.

    The old text works for `grace` more (at most `rotation.LONGEST`), so that nothing stands still until every program
    has the new one; a text before the old one stops at once. Raises `InvalidInput`, `Forbidden`, `Conflict`.
    """
    by.require("keys.create")
    _require_lasting(by)
    until = rotation.ends(grace)
    key = _usable(seen.locked(access.key(by, key_id)))
    if key.membership_id != by.membership_id:
        raise Forbidden("Only the member a key acts for can rotate it. You can revoke it.")
    wider = not set(key.scopes or ["everything"]) <= by.permissions
    if by.kind == "key" and wider and key.id != by.key_id:
        raise Forbidden("A key cannot rotate a key that may do more than itself.", code="escalation")
    if key.id != by.key_id and (limit := _limit(by)) and (key.expires_at is None or key.expires_at > limit):
        raise Forbidden("A key cannot rotate a key that works for longer than itself.", code="escalation")
    key.previous_hash, key.previous_until = key.secret_hash if until else "", until
    text, key.secret_hash = _new(by.firm_id)
    key.hint = text[-6:]
    key.save(update_fields=["secret_hash", "previous_hash", "previous_until", "hint", "updated_at"])
    data = {"name": key.name, "hint": key.hint, "old_works_until": key.previous_until}
    record("key.rotated", by=by, subject=("key", key.id), data=data)
    return key, text


@transaction.atomic
def revoke_key(key_id: UUID, *, by: Actor) -> ApiKey:
    """Make a key useless at once."""
    key: ApiKey = seen.locked(access.key(by, key_id))
    if key.membership_id != by.membership_id:
        by.require("keys.manage")
    _usable(key)
    key.revoked_at, key.revoked_by_id = clock.now(), by.membership_id
    key.save(update_fields=["revoked_at", "revoked_by", "updated_at"])
    record("key.revoked", by=by, subject=("key", key.id), data={"name": key.name, "hint": key.hint})
    return key


def end_keys(member: Membership, by: Actor) -> int:
    """Revoke every key of a member who leaves; part of the action that lets them leave. Returns how many."""
    keys = ApiKey.rows().filter(membership=member, revoked_at=None)
    return keys.update(revoked_at=clock.now(), revoked_by_id=by.membership_id)


def _require_lasting(by: Actor) -> None:
    """Raise `Forbidden` for who may not have a key: who is no member, and what is gone when the member says so."""
    if by.membership_id is None:
        raise Forbidden("A key acts for a member, so only a member can have one.")
    if by.kind == "application":
        raise Forbidden("A connected application cannot have keys: they would outlive the connection.")


def _read(values: Mapping[str, Any], by: Actor) -> dict[str, Any]:
    fields = Fields(values)
    fields.text("name", longest=100, required=True)
    fields.words("scopes")
    fields.moment("expires_at")
    _check_scopes(fields)
    if (expires := fields.clean.get("expires_at")) and expires <= clock.now():
        fields.problem("expires_at", "Choose a time to come.")
    cleaned = {"scopes": [], **fields.done()}
    grants.require_can_grant(cleaned["scopes"], by=by)
    if by.kind == "key" and not cleaned["scopes"]:
        cleaned["scopes"] = sorted(by.permissions)  # a narrowed key must not make a wide one
    if limit := _limit(by):  # nor one that expires one that does not
        if (cleaned.get("expires_at") or limit) > limit:
            raise InvalidInput({"expires_at": ["The key that makes this one expires earlier."]})
        cleaned["expires_at"] = cleaned.get("expires_at") or limit
    return cleaned


def _limit(by: Actor) -> datetime | None:
    """Return when the key that acts expires: what it makes ends with it. None for who is no key, or does not expire."""
    keys = ApiKey.rows().filter(pk__in=[by.key_id]) if by.kind == "key" else ApiKey.objects.none()
    return keys.values_list("expires_at", flat=True).first()


def _check_scopes(fields: Fields) -> None:
    try:
        checked(fields.clean.get("scopes", []))
    except UnknownPermission as error:
        fields.problem("scopes", str(error))


def _new(firm_id: UUID) -> tuple[str, str]:
    """Return a new key's text and its stored form."""
    secret = secrets.token_hex(32)
    return f"{PREFIX}{firm_id.hex}_{secret}", hash_secret(secret)


def _usable(key: ApiKey) -> ApiKey:
    if key.revoked_at:
        raise Conflict(f"The key {key.name} was revoked.", code="revoked")
    return key
