"""Second factors: taken away from who has lost them; what is stored is encrypted under the installation's field key."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from fairlead.accounts import access, grants, mails
from fairlead.accounts.actions import sessions
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.models import Membership, User
from fairlead.accounts.security import firms_of, places
from fairlead.events.public import record
from fairlead.jobs.public import Unfinished, enqueue, job, when_unfinished
from fairlead.kernel import crypto
from fairlead.kernel.errors import Conflict
from fairlead.kernel.letters import Unanswered
from fairlead.tenancy.public import Actor, firm_context, require_firm, system_actor

# Where allauth keeps what it had us encrypt; the rest of `data` is counters and public keys.
_SECRETS = ("secret", "seed", "migrated_codes")


@transaction.atomic
def reset_second_factors(membership_id: UUID, *, by: Actor) -> Membership:
    """Take away the second factors of a colleague who has lost them; the password alone logs in until there are others.

    Every session of theirs ends, and a mail tells them. Of a log-in that opens other firms too, or the installation,
    only the operator takes them (`fairlead login-link --reset-second-factors`); who has left is nobody's to open to
    others. Nobody takes their own this way: that asks for the password.
    Raises `Forbidden`, `Conflict`.
    """
    by.require("members.manage")
    lock_firm(by)
    member = access.member(by, membership_id)
    grants.require_can_change(member, by=by)
    if member.id == by.membership_id:
        raise Conflict("Remove your own second factor under Log-in and security.", code="own")
    if not member.is_active:
        raise Conflict(f"{member.user.name} is deactivated.", code="deactivated")
    if len(firms_of(member.user)) > 1 or member.user.is_operator:
        raise Conflict(
            "This log-in opens more than this firm: only whoever runs the installation can reset its second factors.",
            code="shared_login",
        )
    if not _forget(member.user):
        raise Conflict(f"{member.user.name} has no second factor.", code="none")
    _tell(member, by)
    enqueue(mail_reset, firm_id=by.firm_id, by=by, membership_id=member.id, reset_by=by.membership_id)
    return member


@transaction.atomic
def reset_by_operator(user: User) -> int:
    """Take away the second factors of a log-in, whatever firms it opens, and return how many there were."""
    count = _forget(user)
    for firm, member in places(user) if count else ():
        _tell(member, system_actor(firm.id, "The operator", via="cli"))
        enqueue(mail_reset, firm_id=firm.id, membership_id=member.id)
    return count


def _forget(user: User) -> int:
    """Delete what the log-in has beside its password, and end its sessions: one may be in strange hands."""
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    if count:
        sessions.end_all(user)
    return count


def _tell(member: Membership, by: Actor) -> None:
    record("second_factor.reset", by=by, subject=("member", member.id), data={"name": member.user.name})


@job("accounts.mail_reset", retries=5)
def mail_reset(*, firm_id: UUID, membership_id: UUID, reset_by: UUID | None = None) -> None:
    """Tell the person by mail; what the mail server has not answered is not repeated, it may have arrived."""
    with firm_context(firm_id):
        member = Membership.rows().select_related("user", "firm").filter(pk=membership_id).first()
    if member is None:
        return
    try:
        mails.send_reset(member)
    except Unanswered:
        with firm_context(firm_id):
            mail_given_up(Unfinished(), membership_id=membership_id, reset_by=reset_by)


@when_unfinished(mail_reset)
def mail_given_up(how: Unfinished, *, membership_id: UUID, reset_by: UUID | None = None) -> None:
    """Log that the person was not told, for all we know: who did the reset is, and can tell them."""
    member = Membership.rows().select_related("user").filter(pk=membership_id).first()
    if member is None:
        return
    asked_by = {"asked_by": str(reset_by)} if reset_by else {}
    data = {"name": member.user.name, "email": member.user.email, **asked_by}
    by = how.by or system_actor(require_firm(), via="job")
    record("second_factor.mail_failed", by=by, subject=("member", member.id), data=data)


@transaction.atomic
def reencrypt_second_factors() -> int:
    """Encrypt TOTP secrets and recovery codes under the first field key; return how many logins' factors had one.

    Not an act of anybody in a firm: the operator calls it after a change of keys. Raises `crypto.UnreadableSecret`.
    """
    count = 0
    for factor in Authenticator.objects.select_for_update().order_by("pk").iterator(chunk_size=500):
        held = {name: _rotated(factor.data[name]) for name in _SECRETS if factor.data.get(name)}
        if held:
            factor.data |= held
            factor.save(update_fields=["data"])
            count += 1
    return count


def _rotated(stored: Any) -> Any:
    return [crypto.rotate(s) for s in stored] if isinstance(stored, list) else crypto.rotate(stored)
