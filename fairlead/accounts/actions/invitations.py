"""Invite people by mail, and accept an invitation.

The token exists only in the mail, its hash in the row. It is computed from the invitation under the secret key, so a
mail that has to be repeated (its worker died, the mail server was slow) carries the same link as the first one.
"""

import base64
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from fairlead.accounts import access, grants, mails, seats
from fairlead.accounts.actions import departed
from fairlead.accounts.actions.firms import lock_firm
from fairlead.accounts.actions.members import read_role
from fairlead.accounts.actors import actor_for
from fairlead.accounts.admission import hash_secret
from fairlead.accounts.login_address import read_login_address
from fairlead.accounts.models import Invitation, Membership, User
from fairlead.events.public import record
from fairlead.jobs.public import Unfinished, enqueue, job, when_unfinished
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, NotFound
from fairlead.kernel.fields import Fields
from fairlead.kernel.letters import Letter, Unanswered
from fairlead.tenancy.public import Actor, Firm, Role, firm_context, require_firm, system_actor

VALID_FOR = timedelta(days=7)
SALT = "accounts.invitations"
GONE = (
    "This invitation was used, taken back, has expired, or was sent again. "
    "Use the link in the newest mail, or ask for a new one."
)


@transaction.atomic
def invite_member(values: Mapping[str, Any], *, by: Actor) -> Invitation:
    """Invite `email` as `role` (default member) or `custom_role`; a mail follows.

    Raises `InvalidInput`, `Forbidden` when the role is above the actor's, `Conflict` without a free seat.
    """
    by.require("members.manage")
    firm = lock_firm(by)
    fields = Fields(values)
    _check_email(read_login_address(fields), fields)
    cleaned = {"role": Role.MEMBER.key, "custom_role": None, **read_role(fields)}
    grants.require_can_give_role(cleaned["role"], cleaned["custom_role"], by=by)
    seats.require_free(firm)
    invitation: Invitation = Invitation.objects.create(
        token_hash=_unusable(), invited_by_id=by.membership_id, expires_at=clock.now() + VALID_FOR, **cleaned
    )
    role = grants.role_label(invitation.role, invitation.custom_role)
    subject = ("invitation", invitation.id)
    record("member.invited", by=by, subject=subject, data={"email": invitation.email, "role": role})
    enqueue(send_invitation, firm_id=by.firm_id, by=by, invitation_id=invitation.id)
    return invitation


@transaction.atomic
def resend_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Send an open or expired invitation again; the link in the earlier mail stops working.

    Raises `Forbidden` when its role is above the actor's, and `Conflict` for who is a member or invited anew meanwhile.
    """
    by.require("members.manage")
    firm = lock_firm(by)
    invitation = _open(access.invitation(by, invitation_id))
    grants.require_can_give_role(invitation.role, invitation.custom_role, by=by)
    if wrong := _known(invitation.email, beside=invitation.pk):
        raise Conflict(wrong, code="known")
    if invitation.expires_at <= clock.now():
        seats.require_free(firm)
    invitation.expires_at = clock.now() + VALID_FOR
    invitation.token_hash, invitation.mail_failed_at = _unusable(), None
    invitation.save()
    subject = ("invitation", invitation.id)
    record("invitation.resent", by=by, subject=subject, data={"email": invitation.email})
    enqueue(send_invitation, firm_id=by.firm_id, by=by, invitation_id=invitation.id)
    return invitation


@transaction.atomic
def revoke_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Take an open invitation back; its seat is free again."""
    by.require("members.manage")
    lock_firm(by)
    invitation = _open(access.invitation(by, invitation_id))
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at", "updated_at"])
    subject = ("invitation", invitation.id)
    record("invitation.revoked", by=by, subject=subject, data={"email": invitation.email})
    return invitation


@job("accounts.send_invitation", retries=5)
def send_invitation(*, firm_id: UUID, invitation_id: UUID) -> None:
    """Mail an invitation.

    Sent outside of any transaction. A worker that dies meanwhile repeats the mail; one that the mail server has not
    answered is left to who invited: it may have arrived.
    """
    with firm_context(firm_id):
        letter = letter_of(invitation_id)
    if letter is None:
        return
    try:
        letter.send()
    except Unanswered:
        with firm_context(firm_id):
            mail_given_up(Unfinished(), invitation_id=invitation_id)


@when_unfinished(send_invitation)
def mail_given_up(how: Unfinished, *, invitation_id: UUID) -> None:
    """Note on an invitation that its mail did not go out, for all we know: whoever invited sends it again."""
    open_ones = Invitation.rows().select_for_update(no_key=True).filter(accepted_at=None, revoked_at=None)
    invitation = open_ones.filter(pk=invitation_id).first()
    if invitation is None:
        return
    invitation.mail_failed_at = clock.now()
    invitation.save(update_fields=["mail_failed_at", "updated_at"])
    by = how.by or system_actor(require_firm(), via="job")
    subject = ("invitation", invitation.id)
    asked_by = {"asked_by": str(invitation.invited_by_id)} if invitation.invited_by_id else {}
    record("invitation.mail_failed", by=by, subject=subject, data={"email": invitation.email, **asked_by})


@transaction.atomic
def letter_of(invitation_id: UUID) -> Letter | None:
    """Return the letter with the link of an invitation; None for one that was closed meanwhile."""
    invitation = (
        Invitation.rows().select_related("firm", "invited_by__user", "custom_role").select_for_update(of=("self",))
        .filter(pk=invitation_id, accepted_at=None, revoked_at=None).first()
    )  # fmt: skip
    if invitation is None:
        return None
    token = _token(invitation)
    hashed = hash_secret(token)
    if invitation.token_hash != hashed or invitation.mail_failed_at:  # else it is a repetition
        invitation.token_hash, invitation.mail_failed_at = hashed, None
        invitation.save(update_fields=["token_hash", "mail_failed_at", "updated_at"])
    return mails.invitation(invitation, token)


def open_invitation(token: str, *, lock: bool = False) -> Invitation:
    """Return the invitation of the firm in context that the token opens; raise `NotFound`."""
    rows = Invitation.rows().select_related("invited_by__user", "custom_role")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = rows.filter(token_hash=hash_secret(token), accepted_at=None, revoked_at=None).first()
    if found is None or found.expires_at <= clock.now():
        raise NotFound(GONE)
    return found


def inviting_firm(slug: str) -> Firm:
    """Return the firm of an invitation's link; where there is none, the refusal is that of a token which opens none."""
    found = Firm.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(GONE)
    return found


@transaction.atomic
def accept_invitation(token: str, user: User, *, firm: Firm, ip: str | None) -> Membership:
    """Make the login a member of `firm`, the firm in context; a member who left comes back with the new role.

    The login must own the invited address. Raises `NotFound`, `Forbidden`, `Conflict`.
    """
    Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
    invitation = open_invitation(token, lock=True)
    if not owns_address(user, invitation.email):
        raise Forbidden(f"This invitation is for {invitation.email}. Log in with that address to accept it.")
    member = Membership.rows().filter(user=user).first() or Membership(user=user)
    if not member._state.adding and member.is_active:
        raise Conflict("You are a member of this firm already.", code="member")
    was_away = not member._state.adding
    member.role, member.custom_role = invitation.role, invitation.custom_role
    member.deactivated_at = member.deactivated_by = None
    member.save()
    invitation.accepted_at, invitation.accepted_by = clock.now(), member
    invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    actor = replace(actor_for(member, firm), via="web", ip=ip)
    if was_away:
        departed.stop(member, by=actor)
    role = grants.role_label(member.role, member.custom_role)
    record("member.joined", by=actor, subject=("member", member.id), data={"name": user.name, "role": role})
    return member


def owns_address(user: User, email: str) -> bool:
    """Tell whether the login's own or another proven address is `email`."""
    from allauth.account.models import EmailAddress

    proven = EmailAddress.objects.filter(user=user, email__iexact=email, verified=True)
    return user.email == email.lower() or proven.exists()


def _open(invitation: Invitation) -> Invitation:
    if invitation.accepted_at:
        raise Conflict(f"{invitation.email} has accepted this invitation.", code="accepted")
    if invitation.revoked_at:
        raise Conflict(f"The invitation of {invitation.email} was taken back.", code="revoked")
    return invitation


def _unusable() -> str:
    """Return a hash that no token has: until the mail goes out, nothing opens the invitation."""
    return hash_secret(secrets.token_urlsafe(32))


def _token(invitation: Invitation) -> str:
    """Return the token of an invitation's link: 256 bits, another one whenever it is sent anew."""
    made = salted_hmac(SALT, f"{invitation.pk.hex}:{invitation.expires_at.timestamp()}", algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest()).decode().rstrip("=")


def _check_email(email: str | None, fields: Fields) -> None:
    if email is None:
        return
    if wrong := _known(email):
        fields.problem("email", wrong)


def _known(email: str, *, beside: UUID | None = None) -> str:
    """Say why nobody is invited at this address (any more), "" when somebody may be."""
    if Membership.rows().filter(user__email=email, deactivated_at=None).exists():
        return "This person is a member already."
    open_ones = Invitation.rows().filter(email=email, accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
    if (open_ones.exclude(pk=beside) if beside else open_ones).exists():
        return "This person is invited already. Send the invitation again instead."
    return ""
