"""What happens to a login, written into the log of every firm the person works in."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from fairlead.accounts.actors import actor_for
from fairlead.accounts.models import Membership, User
from fairlead.events.public import record
from fairlead.shell.caller import client_ip
from fairlead.tenancy.public import Firm, Via, firm_context, system_actor


def firms_of(user: User) -> list[Firm]:
    """Return the person's firms by name."""
    theirs = RawSQL("SELECT firm_id FROM firms_of_user(%s) AS firm_id", [user.pk])
    return list(Firm.objects.filter(pk__in=theirs))


@transaction.atomic
def record_login_event(
    event_type: str, user: User, request: HttpRequest, data: Mapping[str, Any] | None = None, *, via: Via = "web"
) -> None:
    """Write an event about the person's own login into each of their firms."""
    for firm, member in places(user):
        agent = request.headers.get("User-Agent", "")[:300]
        actor = replace(actor_for(member, firm), via=via, ip=client_ip(request), user_agent=agent)
        record(event_type, by=actor, subject=("member", member.id), data={**(data or {}), "user_agent": agent})


@transaction.atomic
def record_failed_login(email: str, request: HttpRequest, reason: str) -> None:
    """Write a failed attempt into each firm of the login it aimed at; addresses that nobody has leave no trace."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        return
    for firm, member in places(user):
        actor = replace(system_actor(firm.id, f"Somebody as {user.email}", via="web"), ip=client_ip(request))
        data = {"email": user.email, "reason": reason, "user_agent": request.headers.get("User-Agent", "")[:300]}
        record("login.failed", by=actor, subject=("member", member.id), data=data)


def places(user: User) -> Iterator[tuple[Firm, Membership]]:
    """Yield the person's firms with their membership, each in the firm's context."""
    for firm in firms_of(user):
        with firm_context(firm.id):
            member = Membership.rows().select_related("user", "custom_role").get(user=user)
            yield firm, member
