"""What people said about being written to: consent, channel preferences, blocked addresses."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.events.public import NewEvent, record, record_many
from fairlead.kernel import clock
from fairlead.kernel import phone as phones
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.kernel.fields import fitting
from fairlead.kernel.text import squeeze
from fairlead.people import access
from fairlead.people.actions import contacts as contact_actions
from fairlead.people.actions import record_values
from fairlead.people.models import Consent, Contact, Suppression
from fairlead.records.public import cleaning
from fairlead.tenancy.public import Actor, Firm

CHANNELS = {
    "email": "Email", "sms": "SMS", "whatsapp": "WhatsApp", "voice": "Voice", "social": "Social", "web": "Web",
}  # fmt: skip
REASON_LENGTH = 500


@transaction.atomic
def opt_out(contact_ids: Sequence[UUID], *, by: Actor, reason: str = "") -> int:
    """Record that people want no messages: status, date and do-not-contact in one step. Returns how many changed."""
    state = {"opt_in_status": Consent.OPTED_OUT, "opt_out_date": clock.now(), "do_not_contact": True}
    return _record_consent(contact_ids, state, "contact.opted_out", reason, by)


@transaction.atomic
def opt_in(contact_ids: Sequence[UUID], *, by: Actor, reason: str = "") -> int:
    """Record that people agreed to messages; clears an earlier opt-out. Returns how many changed."""
    state = {"opt_in_status": Consent.OPTED_IN, "opt_out_date": None, "do_not_contact": False}
    return _record_consent(contact_ids, state, "contact.opted_in", reason, by)


@transaction.atomic
def set_channels(
    contact_id: UUID, welcome: Mapping[str, bool | None], *, by: Actor, version: int | None = None
) -> Contact:
    """Set whether channels (`CHANNELS`) are welcome; None forgets what was said. Others stay as they are."""
    by.require("consent.manage")
    errors = {
        f"channels.{name}": ["There is no such channel." if name not in CHANNELS else "Yes, no or null is expected."]
        for name, value in welcome.items()
        if name not in CHANNELS or not isinstance(value, bool | None)
    }
    if errors:
        raise InvalidInput(errors)
    contact = contact_actions.lock(contact_id, by=by)
    record_values.check_version(contact, version)
    after = {n: v for n, v in {**contact.channels, **welcome}.items() if v is not None}
    changes = {n: [contact.channels.get(n), after.get(n)] for n in CHANNELS if contact.channels.get(n) != after.get(n)}
    if not changes:
        return contact
    contact.channels = after
    contact.version += 1
    contact.save(update_fields=["channels", "version", "updated_at"])
    data = {"channels": ", ".join(CHANNELS[n] for n in changes), "changes": changes}
    record("contact.channels_changed", by=by, subject=("contact", contact.id), contact_id=contact.id, data=data)
    return contact


@transaction.atomic
def suppress(
    channel: str, address: str, *, by: Actor, reason: str = Suppression.Reason.MANUAL, detail: str = ""
) -> Suppression:
    """Block a channel to an address (email address or phone number) for good; a second time changes nothing."""
    by.require("consent.manage")
    if reason not in Suppression.Reason.values:
        raise InvalidInput({"reason": [f"One of these is expected: {', '.join(Suppression.Reason.values)}."]})
    normal = _normal_address(channel, address, by)
    existing = Suppression.rows().filter(channel=channel, address_norm=normal).first()
    if existing is not None:
        return existing
    made = Suppression(
        channel=channel, address_norm=normal, reason=reason, detail=fitting(squeeze(detail), "detail", REASON_LENGTH)
    )
    Suppression.objects.bulk_create([made], ignore_conflicts=True)
    kept = Suppression.rows().get(channel=channel, address_norm=normal)
    if kept.id == made.id:
        _record_address("address.suppressed", kept, by)
    return kept


@transaction.atomic
def release(suppression_id: UUID, *, by: Actor) -> None:
    """Allow a channel to an address again. Raises `NotFound`."""
    by.require("consent.manage")
    found = access.suppressions(by).select_for_update().filter(pk=suppression_id).first()
    if found is None:
        raise NotFound
    _record_address("address.released", found, by)
    found.delete()


def _record_consent(ids: Sequence[UUID], state: Mapping[str, Any], event: str, reason: str, by: Actor) -> int:
    by.require("consent.manage")
    reason = fitting(squeeze(reason), "reason", REASON_LENGTH) or f"by {by.via}"
    rows = access.contacts(by).filter(pk__in=ids).exclude(opt_in_status=state["opt_in_status"])
    found = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    Contact.rows().filter(pk__in=found).update(**state, version=F("version") + 1, updated_at=clock.now())
    data = {"reason": reason}
    record_many([NewEvent(event, ("contact", pk), contact_id=pk, data=data) for pk in found], by=by)
    return len(found)


def _normal_address(channel: str, address: str, by: Actor) -> str:
    if channel not in CHANNELS:
        raise InvalidInput({"channel": [f"One of these is expected: {', '.join(CHANNELS)}."]})
    typed = squeeze(address)
    if channel in ("sms", "whatsapp", "voice"):
        number = phones.e164(typed, Firm.objects.only("country").get(pk=by.firm_id).country)
        if not number:
            raise InvalidInput({"address": ["This is not a phone number."]})
        return number
    if channel == "email":
        try:
            return cleaning.clean_email(typed).lower()
        except ValueError as error:
            raise InvalidInput({"address": [str(error)]}) from None
    if not 0 < len(typed) <= REASON_LENGTH:
        raise InvalidInput({"address": ["An address is expected."]})
    return typed.lower()


def _record_address(event: str, found: Suppression, by: Actor) -> None:
    contact_id = None
    if found.channel == "email":
        holder = access.contacts(by).filter(emails__address_norm=found.address_norm).values_list("pk", flat=True)
        contact_id = holder.first()
    subject = ("contact", contact_id) if contact_id else ("suppression", found.id)
    data = {"channel": CHANNELS[found.channel], "address": found.address_norm,
            "reason": found.get_reason_display().lower()}  # fmt: skip
    record(event, by=by, subject=subject, contact_id=contact_id, data=data)
