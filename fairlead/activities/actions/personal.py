"""What is a member's own: the signature, the secret address of the calendar feed."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from fairlead.accounts.public import Membership, require_no_scopes
from fairlead.activities import richtext, signing
from fairlead.activities.models import CalendarFeed, Signature
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.kernel.fields import fitting
from fairlead.tenancy.public import Actor

LONGEST, FACT_LENGTH = 20_000, 200


@transaction.atomic
def save_signature(values: Mapping[str, Any], *, by: Actor) -> Signature:
    """Set the actor's signature: `html` as it stands, or with `generate` from `design` and the facts in `values`."""
    member = _member(by)
    found = Signature.rows().filter(member=member).first() or Signature(member=member)
    found.meeting_link = _link(values.get("meeting_link", found.meeting_link) or "")
    found.design = values.get("design", found.design)
    if found.design not in signing.DESIGNS:
        raise InvalidInput({"design": ["Choose one of the designs."]})
    facts = {n: fitting(str(values[n] or ""), n, FACT_LENGTH) for n in signing.FACTS if n in values}
    found.values = {**found.values, **facts}
    if values.get("generate"):
        html = str(signing.drawn(found.design, found.values, found.meeting_link))
    else:
        html = values.get("html", found.html) or ""
    found.html = richtext.clean(fitting(html, "html", LONGEST))
    found.text = richtext.plain(found.html)
    found.save()
    record("signature.saved", by=by, subject=("member", member.pk))
    return found


@transaction.atomic
def make_feed(*, by: Actor) -> str:
    """Make a new secret for the actor's calendar feed and return it, this once; an older one ends."""
    by.require("tasks.view")
    member = _member(by)
    if by.kind == "application":
        raise Forbidden("A connected application cannot have an address: it would outlive the connection.")
    _end(member)
    secret = secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(member=member, secret_hash=hash_of(secret))
    record("calendar_feed.made", by=by, subject=("calendar_feed", made.pk))
    return secret


@transaction.atomic
def revoke_feed(*, by: Actor) -> bool:
    """End the actor's calendar feed; tells whether there was one."""
    by.require("tasks.view")
    member = _member(by)
    ended = _end(member)
    if ended:
        record("calendar_feed.revoked", by=by, subject=("member", member.pk))
    return ended


def address_of(firm_id: UUID, secret: str) -> str:
    """Return the whole address of a calendar feed."""
    return str(settings.BASE_URL + reverse("task-feed", kwargs={"token": f"{firm_id.hex}-{secret}"}))


def hash_of(secret: str) -> str:
    """Return the stored form of a random secret: SHA-256, since 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _end(member: Membership) -> bool:
    return bool(CalendarFeed.rows().filter(member=member, revoked_at=None).update(revoked_at=clock.now()))


def _member(by: Actor) -> Membership:
    if by.membership_id is None:
        raise Forbidden("This belongs to a member.")
    require_no_scopes("changes what is your own", by=by)
    return Membership.rows().get(pk=by.membership_id)


def _link(text: str) -> str:
    link = text.strip()
    parts = urlsplit(link)
    if link and (parts.scheme not in ("http", "https") or not parts.netloc or len(link) > 500):
        raise InvalidInput({"meeting_link": ["A web address such as https://… is expected."]})
    return link
