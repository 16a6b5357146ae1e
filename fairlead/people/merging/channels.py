"""Addresses, numbers and consent of two contacts who are one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime

from fairlead.kernel import phone
from fairlead.kernel.text import counted
from fairlead.people import naming
from fairlead.people.models import Consent, Contact, ContactEmail, ContactPhone, ListSubscription
from fairlead.records.duplicates.public import as_json

# The strictest first. What somebody said counts more than that nothing is known.
CONSENT = (Consent.OPTED_OUT, Consent.PENDING, Consent.OPTED_IN, Consent.UNKNOWN)
STANDING = (ListSubscription.Status.UNSUBSCRIBED, ListSubscription.Status.PENDING, ListSubscription.Status.SUBSCRIBED)
SPOKEN = ("opt_in_status", "opt_out_date", "do_not_contact", "channels")


class Emails:
    """Every address of the loser becomes the winner's; which one is primary follows the choice of the field."""

    name = "emails"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand the addresses over."""
        if noun != "contact":
            return None
        rows = ContactEmail.rows().filter(contact_id=loser_id)
        moved = [[norm, primary] for norm, primary in rows.values_list("address_norm", "is_primary")]
        rows.update(contact_id=winner_id)
        _mark_emails(winner_id)
        return moved or None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give back those that are still there, but not what has become the winner's primary address."""
        primary = Contact.rows().values_list("email_norm", flat=True).get(pk=winner_id)
        rows = ContactEmail.rows().filter(contact_id=winner_id)
        for norm, was_primary in data:
            if norm != primary:
                rows.filter(address_norm=norm).update(contact_id=loser_id, is_primary=was_primary)
        _mark_emails(winner_id)
        back = set(ContactEmail.rows().filter(contact_id=loser_id).values_list("address_norm", flat=True))
        _lead_with_own(loser_id, back)
        return [f"The address {norm} was changed, or made primary, since." for norm, _ in data if norm not in back]


class Phones:
    """Every number of the loser becomes the winner's, the same number once."""

    name = "phones"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand the numbers over."""
        if noun != "contact":
            return None
        has = {_number(row) for row in ContactPhone.rows().filter(contact_id=winner_id)}
        moved = [row for row in ContactPhone.rows().filter(contact_id=loser_id) if _number(row) not in has]
        ContactPhone.rows().filter(pk__in=[row.pk for row in moved]).update(contact_id=winner_id)
        _mark_phones(winner_id)
        return [[_number(row), row.is_primary] for row in moved] or None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give back those that are still there, but not what has become the winner's primary number."""
        primary = Contact.rows().values_list("phone", flat=True).get(pk=winner_id)
        was_primary, kept = dict(data), set(dict(data))
        for row in ContactPhone.rows().filter(contact_id=winner_id):
            number = _number(row)
            if number in was_primary and number != primary:
                row.contact_id, row.is_primary = loser_id, was_primary[number]
                row.save(update_fields=["contact", "is_primary", "updated_at"])
                kept.discard(number)
        _mark_phones(winner_id)
        return [f"The number {phone.shown(n, '')} was changed, or made primary, since." for n in sorted(kept)]


class ConsentOfBoth:
    """The stricter wins: an opt-out, a do-not-contact or an unwelcome channel of either stays."""

    name = "consent"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Set the stricter of both on the winner."""
        if noun != "contact":
            return None
        before = _spoken(winner_id)
        after = stricter(before, _spoken(loser_id))
        if after == before:
            return None
        Contact.rows().filter(pk=winner_id).update(**after)
        return {n: [as_json(before[n]), as_json(after[n])] for n in SPOKEN}

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Set what the winner had said, unless somebody recorded something since."""
        now = _spoken(winner_id)
        if any(as_json(now[n]) != data[n][1] for n in SPOKEN):
            return ["Consent was recorded anew since: it stays as it is on both records."]
        before = {n: data[n][0] for n in SPOKEN}
        before["opt_out_date"] = parse_datetime(before["opt_out_date"]) if before["opt_out_date"] else None
        Contact.rows().filter(pk=winner_id).update(**before)
        return ()


class Subscriptions:
    """Lists of both; on a list that both know, the stricter standing."""

    name = "subscriptions"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand subscriptions over and set the stricter standing on shared lists."""
        if noun != "contact":
            return None
        rows = ListSubscription.rows().filter(contact_id=loser_id)
        has = {s.list_id: s for s in ListSubscription.rows().filter(contact_id=winner_id)}
        moved = [s for s in rows if s.list_id not in has]
        rows.filter(pk__in=[s.pk for s in moved]).update(contact_id=winner_id)
        set_: list[list[str]] = []
        for other in (s for s in rows if s.list_id in has):
            mine = has[other.list_id]
            if STANDING.index(other.status) < STANDING.index(mine.status):
                ListSubscription.rows().filter(pk=mine.pk).update(status=other.status)
                set_.append([str(mine.pk), mine.status, other.status])
        found = {"moved": [str(s.pk) for s in moved], "set": set_}
        return found if moved or set_ else None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give subscriptions back, and the winner its own standing where nobody changed it since."""
        ListSubscription.rows().filter(pk__in=data["moved"], contact_id=winner_id).update(contact_id=loser_id)
        kept = 0
        for pk, before, after in data["set"]:
            kept += not ListSubscription.rows().filter(pk=pk, status=after).update(status=before)
        return [f"The standing on {counted(kept, 'list')} was changed since."] if kept else ()


def stricter(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what holds for a person of whom both are said."""
    dates = [d for d in (one["opt_out_date"], other["opt_out_date"]) if d is not None]
    said = [one["opt_in_status"], other["opt_in_status"]]
    channels = {**one["channels"], **other["channels"]}
    refused = {n for c in (one["channels"], other["channels"]) for n, welcome in c.items() if welcome is False}
    return {
        "opt_in_status": str(min(said, key=CONSENT.index)),
        "opt_out_date": min(dates, default=None),
        "do_not_contact": one["do_not_contact"] or other["do_not_contact"],
        "channels": {n: n not in refused and welcome for n, welcome in channels.items()},
    }


def _spoken(contact_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = Contact.rows().values(*SPOKEN).get(pk=contact_id)
    return found


def _lead_with_own(contact_id: UUID, back: set[str]) -> None:
    """Let a contact whose primary address went elsewhere have one that is left as the primary one, or none."""
    contact = Contact.rows().get(pk=contact_id)
    if not contact.email or contact.email_norm in back:
        return
    first = ContactEmail.rows().filter(contact_id=contact_id).order_by("created_at", "id").first()
    contact.email, contact.email_norm = (first.address, first.address_norm) if first else ("", "")
    naming.name(contact)
    contact.save(update_fields=["email", "email_norm", "name", "sort_key"])
    _mark_emails(contact_id)


def _number(row: ContactPhone) -> str:
    return row.e164 or row.number


def _mark_emails(contact_id: UUID) -> None:
    primary = Contact.rows().values_list("email_norm", flat=True).get(pk=contact_id)
    rows = ContactEmail.rows().filter(contact_id=contact_id)
    rows.filter(address_norm=primary).update(is_primary=True)
    rows.exclude(address_norm=primary).update(is_primary=False)


def _mark_phones(contact_id: UUID) -> None:
    primary = Contact.rows().values_list("phone", flat=True).get(pk=contact_id)
    for row in ContactPhone.rows().filter(contact_id=contact_id):
        if row.is_primary != (_number(row) == primary):
            ContactPhone.rows().filter(pk=row.pk).update(is_primary=not row.is_primary)
