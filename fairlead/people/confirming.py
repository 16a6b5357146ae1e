"""Double opt-in: the link that confirms a subscription, and the letter that brings it.

The link is signed, names list, contact and address, and stores nothing: it works until the list's days are over, the
contact has another address, or has been taken off the list.
"""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from fairlead.kernel import clock
from fairlead.kernel.errors import NotFound
from fairlead.kernel.letters import Letter
from fairlead.people.models import Contact, ListSubscription, Suppression
from fairlead.tenancy.public import Firm, require_firm

SIGNER = signing.Signer(salt="people.confirming")
DAY = 86_400  # seconds
Status = ListSubscription.Status


@dataclass(frozen=True)
class Link:
    """What a link is about. `is_old` when its days are over; it can then be asked for anew."""

    subscription: ListSubscription
    is_old: bool


def token(subscription: ListSubscription) -> str:
    """Return the token of a subscription's link."""
    contact = subscription.contact
    moment = int(clock.now().timestamp())
    return SIGNER.sign_object([subscription.list_id.hex, contact.pk.hex, _mark(contact.email_norm), moment])


def find(given: str) -> Link:
    """Return what a token is about, in the firm in context; raise `NotFound` for what is no link, or leads nowhere."""
    try:
        list_id, contact_id, mark, moment = SIGNER.unsign_object(given)
        found = _subscription(UUID(list_id), UUID(contact_id))
    except (signing.BadSignature, ValueError):
        raise NotFound from None
    if found is None or found.status == Status.UNSUBSCRIBED or _mark(found.contact.email_norm) != mark:
        raise NotFound
    return Link(found, is_old=clock.now().timestamp() - moment > found.list.confirm_days * DAY)


def letter(list_id: UUID, contact_id: UUID) -> Letter | None:
    """Return the letter to somebody who is pending; None for whoever must not, or cannot, be written to."""
    found = _subscription(list_id, contact_id)
    if found is None or found.status != Status.PENDING or not is_welcome(found.contact) or _is_blocked(found.contact):
        return None
    firm = Firm.objects.get(pk=require_firm())
    path = reverse("confirm-subscription", kwargs={"slug": firm.slug, "token": token(found)})
    context = {"firm": firm, "contact": found.contact, "list": found.list, "link": settings.BASE_URL + path}
    text, html = (render_to_string(f"people/mail/confirm.{kind}", context) for kind in ("txt", "html"))
    # The firm by its name, at the installation's address: it may send for that domain (SPF), not for the firm's.
    sender = formataddr((_as_sender(firm.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    subject = found.list.confirm_subject or f"Please confirm: {found.list.name} of {firm.name}"
    return Letter(found.contact.email, subject, text, html, sender=sender, reply_to=firm.reply_to)


def _as_sender(name: str) -> str:
    """Return a name as one line that stands for itself, no encoded word (RFC 2047) that hides another."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).replace("=?", "= ?").split())


def is_welcome(contact: Contact) -> bool:
    """Tell whether somebody may be asked by mail: has an address, has not opted out, and welcomes email."""
    return bool(contact.email_norm) and not contact.do_not_contact and contact.channels.get("email") is not False


def _is_blocked(contact: Contact) -> bool:
    return Suppression.rows().filter(channel="email", address_norm=contact.email_norm).exists()


def _subscription(list_id: UUID, contact_id: UUID) -> ListSubscription | None:
    rows = ListSubscription.rows().filter(list_id=list_id, contact_id=contact_id, contact__deleted_at=None)
    found: ListSubscription | None = rows.filter(list__archived_at=None).select_related("list", "contact").first()
    return found


def _mark(address: str) -> str:
    """Return what tells an address from others without showing it in a link."""
    return sha256(address.encode()).hexdigest()[:16]
