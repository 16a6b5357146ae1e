"""Whose stream it is: the session of the cookie, a membership of the firm, and a page of ours that asks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db.models import Q
from django.http import HttpRequest

from fairlead.accounts.public import Membership
from fairlead.kernel import clock
from fairlead.kernel.text import whole_number
from fairlead.notifications.live.hub import Post
from fairlead.notifications.models import LivePost
from fairlead.tenancy.public import Firm, firm_context

OVERLAP = timedelta(seconds=60)  # a transaction may commit after a later one: what is told twice is only read twice
BACKLOG = 200


@dataclass(frozen=True, slots=True)
class Admitted:
    """A member of a firm, as the texts of the messages name them."""

    firm: str
    member: str


def admit(cookies: str, slug: str) -> Admitted | None:
    """Return the member whose session the Cookie header names, None for anybody else. Reads the database."""
    try:
        session_key = SimpleCookie(cookies)[settings.SESSION_COOKIE_NAME].value
    except (CookieError, KeyError):
        return None
    if "\x00" in f"{session_key}{slug}":  # which no text in the database has
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    firm = Firm.objects.filter(slug=slug).first()
    if firm is None or not user.is_authenticated or not user.is_active:
        return None
    with firm_context(firm.id):
        member = Membership.rows().filter(user=user.pk, deactivated_at=None).values_list("pk", flat=True).first()
    return Admitted(str(firm.id), str(member)) if member else None


def missed(who: Admitted, last_id: str, since: str) -> list[Post] | None:
    """Return what was told to a member since the message `last_id`, else since the second `since` ("" for neither).

    None when that is too long ago to be known.
    """
    with firm_context(UUID(who.firm)):
        begin = _begin(last_id, since)
        if begin is None:
            return None if last_id else []
        rows = LivePost.rows().filter(Q(member=None) | Q(member=who.member), created_at__gte=begin).order_by("id")
        if last_id:
            rows = rows.exclude(pk=last_id)
        mine = [Post(str(p.pk), p.topic) for p in rows[: BACKLOG + 1]]
        return None if len(mine) > BACKLOG else mine


def _begin(last_id: str, since: str) -> datetime | None:
    """Return the moment from which on to tell; a second more where the exact one is not known."""
    if last_id:
        try:
            last = LivePost.rows().filter(pk=UUID(last_id)).values_list("created_at", flat=True).first()
        except ValueError:
            return None
        return last - OVERLAP if last else None
    moment = whole_number(since, digits=11)
    return None if moment is None or moment < 0 else datetime.fromtimestamp(moment, UTC)


def is_ours(origin: str, host: str) -> bool:
    """Tell whether a page of this installation asks: the same host whatever its port, or the installation's address."""
    if not origin:
        return True  # no browser, or one of the same origin
    return origin == settings.BASE_URL or urlsplit(origin).hostname == urlsplit(f"//{host}").hostname


def now_seconds() -> float:
    """Return the current time in seconds, for the moments at which an open stream is checked again."""
    return clock.now().timestamp()
