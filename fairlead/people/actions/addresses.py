"""The addresses and phone numbers of a contact: one primary each, addresses unique in the firm."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from fairlead.kernel import phone as phones
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.fields import fitting
from fairlead.kernel.text import squeeze
from fairlead.kernel.unique import unique
from fairlead.people.models import Contact, ContactEmail, ContactPhone
from fairlead.records.public import cleaning
from fairlead.tenancy.public import Actor, Firm

CHANNELS = ("email", "emails", "phone", "phones")
LIMIT, LABEL_LENGTH = 50, 40
Row = TypeVar("Row", ContactEmail, ContactPhone)


def split(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the plain fields and the channel fields (`email`, `emails`, `phone`, `phones`) apart."""
    plain = {n: v for n, v in values.items() if n not in CHANNELS}
    return plain, {n: v for n, v in values.items() if n in CHANNELS}


def normal(address: str) -> str:
    """Return the form that addresses are compared by: trimmed and in lower case."""
    return address.strip().lower()


def apply(contact: Contact, channels: dict[str, Any], *, by: Actor) -> dict[str, list[Any]]:
    """Validate the channels, set the contact's primary ones, and return what changed.

    `email` and `phone` replace only the primary one; `emails` and `phones` replace all, the first being primary
    unless one says `is_primary`. In `channels` the rows for `store` take the place of what was given.
    """
    changes: dict[str, list[Any]] = {}
    if "email" in channels or "emails" in channels:
        rows = _emails(contact, channels)
        refuse_taken([r.address_norm for r in rows], but=contact)
        _primary_email(contact, rows, changes)
        channels["emails"] = rows
    if "phone" in channels or "phones" in channels:
        country = Firm.objects.only("country").get(pk=by.firm_id).country
        numbers = _phones(contact, channels, contact.country or country)
        _primary_phone(contact, numbers, changes)
        channels["phones"] = numbers
    return changes


def store(contact: Contact, channels: Mapping[str, Any]) -> None:
    """Write the rows that `apply` prepared. A rival that took an address this instant raises `InvalidInput`."""
    if "emails" in channels:
        ContactEmail.rows().filter(contact=contact).delete()
        with unique("This address has just been given to another contact.", field="email"):
            ContactEmail.objects.bulk_create(channels["emails"])
    if "phones" in channels:
        ContactPhone.rows().filter(contact=contact).delete()
        ContactPhone.objects.bulk_create(channels["phones"])


def revive(contact_ids: Sequence[UUID]) -> None:
    """Give the contacts their addresses back. Two of them with the same address raise `InvalidInput`."""
    with unique("Two of these people have the same address. Restore one of them.", field="email"):
        ContactEmail.rows().filter(contact_id__in=contact_ids).update(is_live=True)


def refuse_taken(addresses: Iterable[str], *, but: Contact | None = None) -> None:
    """Raise `InvalidInput` when a living contact other than `but` holds one of the normal addresses."""
    rows = ContactEmail.rows().filter(address_norm__in=list(addresses), is_live=True)
    if but is not None:
        rows = rows.exclude(contact=but)
    # No order: for the first by id of many addresses PostgreSQL would walk through everybody's.
    for taken in rows.order_by().values_list("address", flat=True)[:1]:
        raise InvalidInput({"email": [f"{taken} already belongs to another contact."]}, code="taken")


def _emails(contact: Contact, channels: Mapping[str, Any]) -> list[ContactEmail]:
    entries = _entries("emails", "address", channels)
    if entries is None:
        kept = list(ContactEmail.rows().filter(contact=contact, is_primary=False)) if not contact._state.adding else []
        first = [{"address": channels["email"], "is_primary": True}] if channels["email"] else []
        entries = first + [{"address": e.address, "label": e.label} for e in kept]
    rows: dict[str, ContactEmail] = {}
    for index, entry in enumerate(entries):
        path = f"emails.{index}.address" if "emails" in channels else "email"
        try:
            address = cleaning.clean_email(str(entry.get("address") or ""))
        except ValueError as error:
            raise InvalidInput({path: [str(error)]}) from None
        label = _label(entry, f"emails.{index}.label")
        row = ContactEmail(contact=contact, address=address, address_norm=normal(address),
                           label=label, is_primary=bool(entry.get("is_primary")))  # fmt: skip
        rows.setdefault(row.address_norm, row)
    return _one_primary(list(rows.values()))


def _phones(contact: Contact, channels: Mapping[str, Any], country: str) -> list[ContactPhone]:
    entries = _entries("phones", "number", channels)
    if entries is None:
        kept = list(ContactPhone.rows().filter(contact=contact, is_primary=False)) if not contact._state.adding else []
        first = [{"number": channels["phone"], "is_primary": True}] if channels["phone"] else []
        entries = first + [{"number": p.number, "label": p.label} for p in kept]
    rows: dict[str, ContactPhone] = {}
    for index, entry in enumerate(entries):
        typed = squeeze(str(entry.get("number") or ""))
        if not typed or len(typed) > 60:
            path = f"phones.{index}.number" if "phones" in channels else "phone"
            raise InvalidInput({path: ["A phone number of at most 60 characters is expected."]})
        label = _label(entry, f"phones.{index}.label")
        row = ContactPhone(contact=contact, number=typed, e164=phones.e164(typed, country),
                           label=label, is_primary=bool(entry.get("is_primary")))  # fmt: skip
        rows.setdefault(row.e164 or typed, row)
    return _one_primary(list(rows.values()))


def _entries(plural: str, key: str, channels: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    if plural not in channels:
        return None
    entries = channels[plural] or []
    if not isinstance(entries, list) or len(entries) > LIMIT:
        raise InvalidInput({plural: [f"A list of at most {LIMIT} entries is expected."]})
    return [e if isinstance(e, dict) else {key: e} for e in entries]


def _label(entry: Mapping[str, Any], path: str) -> str:
    return fitting(squeeze(str(entry.get("label") or "")), path, LABEL_LENGTH)


def _one_primary(rows: list[Row]) -> list[Row]:
    chosen = next((r for r in rows if r.is_primary), rows[0] if rows else None)
    for row in rows:
        row.is_primary = row is chosen
    return rows


def _primary_email(contact: Contact, rows: list[ContactEmail], changes: dict[str, list[Any]]) -> None:
    before = [] if contact._state.adding else sorted(contact.emails.values_list("address", flat=True))
    after = sorted(r.address for r in rows)
    primary = next((r for r in rows if r.is_primary), None)
    if before != after or contact.email != (primary.address if primary else ""):
        changes["email"] = [before, after]
    contact.email = primary.address if primary else ""
    contact.email_norm = primary.address_norm if primary else ""


def _primary_phone(contact: Contact, rows: list[ContactPhone], changes: dict[str, list[Any]]) -> None:
    before = [] if contact._state.adding else sorted(contact.phones.values_list("number", flat=True))
    after = sorted(r.number for r in rows)
    primary = next((r for r in rows if r.is_primary), None)
    shown = (primary.e164 or primary.number) if primary else ""
    if before != after or contact.phone != shown:
        changes["phone"] = [before, after]
    contact.phone = shown
