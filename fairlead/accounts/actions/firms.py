"""Found a firm and change its settings."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from fairlead.accounts import firm_changes, founding
from fairlead.accounts.actors import actor_for, permissions_of
from fairlead.accounts.models import Membership, User
from fairlead.events.public import record
from fairlead.kernel.currencies import CURRENCIES, currency_of_country
from fairlead.kernel.errors import Forbidden
from fairlead.kernel.fields import Fields
from fairlead.kernel.places import available_time_zones, countries, languages, zone_of_country
from fairlead.kernel.text import fold
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor, Firm, Role, Via, Visibility, firm_context, slug_validator

# Words that a firm's address must not be taken for.
_RESERVED = frozenset({"new", "api", "admin", "static", "accounts", "health", "fairlead", "www"})


def suggest_slug(name: str) -> str:
    """Return a free slug made from a firm's name."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-") or "firm"
    slug, number = stem, 1
    while slug in _RESERVED or Firm.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def create_firm(
    values: Mapping[str, Any], *, owner: User, via: Via = "web", ip: str | None = None, is_demo: bool = False
) -> Membership:
    """Create a firm whose first member is `owner`, and return that membership.

    `values`: `name`, `slug` (suggested from the name when missing or empty), and any of the settings. Nobody can act
    in a firm that does not exist, so this takes the login instead of an `Actor`. Raises `InvalidInput`.
    """
    given = dict(values)
    if not given.get("slug") and isinstance(given.get("name"), str):
        given["slug"] = suggest_slug(given["name"])
    fields = _read(given, new=True)
    country = fields.get("country", "US")
    fields.setdefault("time_zone", zone_of_country(country))
    fields.setdefault("currency", currency_of_country(country))
    with unique("This address is taken by another firm.", field="slug"):
        firm = Firm.objects.create(is_demo=is_demo, **fields)
    with firm_context(firm.id):
        membership: Membership = Membership.objects.create(user=owner, role=Role.OWNER.key)
        actor = replace(actor_for(membership, firm), via=via, ip=ip)
        record("firm.created", by=actor, subject=("firm", firm.id), data={"name": firm.name, "slug": firm.slug})
        founding.furnish(actor)
    membership.firm = firm
    return membership


@transaction.atomic
def update_firm(values: Mapping[str, Any], *, by: Actor) -> Firm:
    """Change the firm's settings, and let the rooms follow (`firm_changes`).

    Raises `InvalidInput`; the slug is part of every link and stays.
    """
    by.require("firm.manage")
    fields = _read(values, new=False)
    firm = lock_firm(by)
    changes = {n: [getattr(firm, n), v] for n, v in fields.items() if getattr(firm, n) != v}
    for name, (_, value) in changes.items():
        setattr(firm, name, value)
    if changes:
        firm.save()
        words = ", ".join(n.replace("_", " ") for n in changes)
        record("firm.updated", by=by, subject=("firm", firm.id), data={"fields": words, "changes": changes})
        firm_changes.follow(changes, by=by)
    return firm


def lock_firm(by: Actor) -> Firm:
    """Return the actor's firm, locked: who counts owners or seats does so one after the other.

    Raises `Forbidden` when the one before took rights from the actor, who was admitted with them.
    """
    firm = Firm.objects.select_for_update(no_key=True).get(pk=by.firm_id)
    if by.membership_id is not None:
        member = Membership.rows().select_related("custom_role").filter(pk=by.membership_id).first()
        if member is None or not member.is_active or member.role != by.role or by.permissions - permissions_of(member):
            raise Forbidden("Somebody changed your rights at the same moment, so nothing was done.")
    return firm


def lock_installation() -> None:
    """Let only one transaction at a time found the first login."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fairlead.first_login'))")


def _read(values: Mapping[str, Any], *, new: bool) -> dict[str, Any]:
    fields = Fields(values)
    fields.text("name", longest=200, required=new or "name" in values)
    if new:
        fields.text("slug", longest=50, required=True)
        _check_slug(fields)
    fields.choice("country", countries())
    fields.choice("time_zone", available_time_zones())
    fields.choice("language", languages())
    fields.choice("currency", CURRENCIES)
    fields.choice("visibility", Visibility.values)
    fields.email("reply_to")
    fields.whole("seats", least=1)
    return fields.done()


def _check_slug(fields: Fields) -> None:
    slug = fields.clean.get("slug")
    if slug is None:
        return
    try:
        slug_validator(slug)
    except ValidationError as error:
        fields.problem("slug", error.messages[0])
        return
    if slug in _RESERVED:
        fields.problem("slug", "This address is reserved. Choose another.")
    elif Firm.objects.filter(slug=slug).exists():
        fields.problem("slug", "This address is taken by another firm.")
