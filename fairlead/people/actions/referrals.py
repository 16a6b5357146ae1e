"""Record who referred whom."""

from uuid import UUID

from django.db import transaction

from fairlead.events.public import NewEvent, record_many
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people import access
from fairlead.people.actions.contacts import lock
from fairlead.people.models import Contact, Referral
from fairlead.tenancy.public import Actor


@transaction.atomic
def set_referrer(contact_id: UUID, referrer_id: UUID | None, *, by: Actor) -> Referral | None:
    """Say by whose word a contact came, None by nobody's; return the referral.

    Raises `InvalidInput` for the contact itself, somebody it referred (over any number of steps) or nobody there is.
    """
    by.require("contacts.edit")
    contact = lock(contact_id, by=by)
    before = Referral.rows().filter(referred=contact).select_related("referrer").first()
    if (before.referrer_id if before else None) == referrer_id:
        return before
    if before is not None:
        before.delete()
    made = _refer(contact, referrer_id, by) if referrer_id else None
    _tell(contact, before.referrer if before else None, made.referrer if made else None, by)
    return made


def _refer(contact: Contact, referrer_id: UUID, by: Actor) -> Referral:
    try:
        referrer = access.contact(by, referrer_id)
    except NotFound:
        raise InvalidInput({"referrer": ["There is no such contact."]}) from None
    step: UUID | None = referrer_id
    seen: set[UUID] = set()
    while step is not None and step not in seen:
        if step == contact.pk:
            raise InvalidInput({"referrer": ["Nobody comes by their own word, or by that of whom they referred."]})
        seen.add(step)
        step = Referral.rows().filter(referred_id=step).values_list("referrer_id", flat=True).first()
    made: Referral = Referral.objects.create(referrer=referrer, referred=contact, recorded_by_id=by.membership_id)
    return made


def _tell(contact: Contact, before: Contact | None, after: Contact | None, by: Actor) -> None:
    found = []
    if after is not None:
        data = {"referrer": after.name, "referred": contact.name, "source": contact.source}
        found.append(NewEvent("contact.referred", ("contact", contact.pk), contact.pk, data=data))
        found.append(NewEvent("contact.referral_made", ("contact", after.pk), after.pk, data=data))
    elif before is not None:
        data = {"referrer": before.name, "referred": contact.name}
        found.append(NewEvent("contact.referral_removed", ("contact", contact.pk), contact.pk, data=data))
    record_many(found, by=by)
