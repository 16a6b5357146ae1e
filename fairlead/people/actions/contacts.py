"""Create, change, bin and restore contacts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.events.public import NewEvent, record, record_many
from fairlead.kernel import clock, uploads
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people import access, naming
from fairlead.people.actions import addresses, companies, purging, record_values, setting, tagging
from fairlead.people.actions.setting import Before
from fairlead.people.models import Contact, ContactEmail, Lifecycle
from fairlead.records.public import Field, nouns
from fairlead.tenancy.public import Actor

KNOWN_BY = ("first_name", "last_name", "email", "phone", "company_id")  # a new contact has one of them


def fields() -> dict[str, Field]:
    """Return the standard fields by name."""
    return nouns.get("contact").standard_fields


@transaction.atomic
def create_contact(values: Mapping[str, Any], *, by: Actor, at: datetime | None = None) -> Contact:
    """Create a contact from field values; `emails` and `phones` may be lists of `{address|number, label}`, and
    `company_name` may stand for `company` (`companies.take_name`).

    `at` is when they came, now without it. Raises `InvalidInput` naming each wrong field, also when an address already
    belongs to somebody, and when nothing says who it is.
    """
    by.require("contacts.edit")
    known = fields()
    plain, custom = record_values.split_custom(values)
    plain, channels = addresses.split(companies.take_name(plain, by=by))
    contact = Contact(created_by_id=by.membership_id)
    beside = partial(addresses.apply, contact, channels, by=by)
    cleaned, _, own = record_values.take(contact, known, plain, custom, by=by, beside=beside)
    if not any(getattr(contact, name) for name in KNOWN_BY):
        raise InvalidInput("Give at least a name, an email address, a phone number or a company.")
    contact.source, contact.created_at = contact.source or by.via, at or contact.created_at
    naming.name(contact)
    contact.save(force_insert=True)
    addresses.store(contact, channels)
    own.store(contact)
    shown = {n: record_values.as_json(v) for n, v in cleaned.items() if v not in ("", None)}
    shown |= {n: after for n, (_, after) in own.changes.items()}
    record("contact.created", by=by, subject=("contact", contact.id), contact_id=contact.id,
           company_id=contact.company_id, data={"name": contact.name, "values": shown}, occurred_at=at)  # fmt: skip
    return contact


@transaction.atomic
def update_contact(contact_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Contact:
    """Change fields of a contact. Raises `StaleVersion` when `version` is no longer current; nothing is lost."""
    by.require("contacts.edit")
    contact = lock(contact_id, by=by)
    record_values.check_version(contact, version)
    known = fields()
    plain, custom = record_values.split_custom(values)
    plain, channels = addresses.split(companies.take_name(plain, by=by))
    plain = record_values.without_kept(contact, known, plain)
    before = Before(contact.owner_id, contact.lifecycle)
    beside = partial(addresses.apply, contact, channels, by=by)
    _, changes, own = record_values.take(contact, known, plain, custom, by=by, beside=beside)
    if not changes:
        return contact
    _follow(contact, before, by)
    contact.version += 1
    contact.save()
    addresses.store(contact, channels)
    own.store(contact)
    data = {"fields": record_values.words(known, changes, own), "changes": changes}
    record("contact.updated", by=by, subject=("contact", contact.id), contact_id=contact.id,
           company_id=contact.company_id, data=data)  # fmt: skip
    record_many(_moved(contact, before, record_values.OwnerNames()), by=by)
    return contact


def set_contact_field(values: Mapping[UUID, Any], name: str, *, by: Actor) -> dict[UUID, Any]:
    """Set a field of many contacts, each to its value; see `setting.set_field`."""
    return setting.set_field(SETTING, values, name, by=by)


@transaction.atomic
def convert_contact(
    contact_id: UUID, *, by: Actor, client_type: str = "", owner_id: UUID | None = None, version: int | None = None
) -> Contact:
    """Make a lead or prospect a client. When, by whom and from which stage is kept; the history stays theirs."""
    values: dict[str, Any] = {"lifecycle": Lifecycle.CLIENT.value}
    if client_type:
        values["client_type"] = client_type
    if owner_id:
        values["owner"] = owner_id
    return update_contact(contact_id, values, by=by, version=version)


@transaction.atomic
def delete_contacts(ids: Sequence[UUID], *, by: Actor) -> int:
    """Put contacts into the bin; their addresses become free. Returns how many went."""
    by.require("contacts.delete")
    rows = access.contacts(by).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    found = list(rows.values_list("pk", flat=True))
    Contact.rows().filter(pk__in=found).update(
        deleted_at=clock.now(), deleted_by_id=by.membership_id, version=F("version") + 1
    )
    ContactEmail.rows().filter(contact_id__in=found).update(is_live=False)
    tagging.shelve(found)
    record_many([NewEvent("contact.deleted", ("contact", pk), contact_id=pk) for pk in found], by=by)
    return len(found)


@transaction.atomic
def restore_contacts(ids: Sequence[UUID], *, by: Actor) -> int:
    """Take contacts out of the bin. Raises `InvalidInput` when an address has meanwhile been given to another."""
    by.require("contacts.delete")
    rows = access.binned_contacts(by).filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    found = list(rows.values_list("pk", flat=True))
    addresses.refuse_taken(ContactEmail.rows().filter(contact_id__in=found).values_list("address_norm", flat=True))
    Contact.rows().filter(pk__in=found).update(deleted_at=None, deleted_by=None, version=F("version") + 1)
    addresses.revive(found)
    tagging.unshelve(found)
    record_many([NewEvent("contact.restored", ("contact", pk), contact_id=pk) for pk in found], by=by)
    return len(found)


@transaction.atomic
def purge_contacts(ids: Sequence[UUID], *, by: Actor) -> int:
    """Delete contacts in the bin for good, with all that is theirs alone. Returns how many went."""
    by.require("contacts.purge")
    rows = access.binned_contacts(by).filter(pk__in=ids).order_by("pk").select_for_update()
    records = list(rows)
    found = [r.pk for r in records]
    record_values.forget_custom("contact", records)
    purging.forget("contact", found, by)
    for record_ in records:
        transaction.on_commit(partial(uploads.remove, record_.picture.name or ""))
    Contact.rows().filter(pk__in=found).delete()
    record_many([NewEvent("contact.purged", ("contact", pk), contact_id=pk) for pk in found], by=by)
    return len(found)


def lock(contact_id: UUID, *, by: Actor) -> Contact:
    """Return the contact, locked until the transaction ends; raise `NotFound`."""
    rows = access.contacts(by).select_for_update(of=("self",), no_key=True)
    found: Contact | None = rows.filter(pk=contact_id).first()
    if found is None:
        raise NotFound
    return found


def _follow(contact: Contact, before: Before, by: Actor) -> None:
    """Bring up to date what follows from other fields: the name, and when somebody became a client."""
    naming.name(contact)
    if contact.lifecycle == Lifecycle.CLIENT != before.lifecycle:
        contact.converted_at, contact.converted_by_id = clock.now(), by.membership_id


def _moved(contact: Contact, before: Before, names: record_values.OwnerNames) -> list[NewEvent]:
    found = record_values.owner_changed("contact", contact, before.owner_id, names)
    if contact.lifecycle != before.lifecycle:
        was, now = before.lifecycle, contact.lifecycle
        stages = {"from": stage(was), "to": stage(now), "from_stage": was, "to_stage": now}
        found.append(NewEvent("contact.stage_changed", ("contact", contact.id), contact.id, data=stages))
        if now == Lifecycle.CLIENT:
            data = {"from": stage(was), "source": contact.source, "client_type": contact.client_type}
            found.append(NewEvent("contact.converted", ("contact", contact.id), contact.id, data=data))
    return found


def stage(value: str) -> str:
    """Return what a stage of the lifecycle is called in events."""
    return str(Lifecycle(value).label) if value in Lifecycle.values else value or "no stage"


SETTING = setting.Kind(
    "contact", "contacts", fields, access.contacts, _follow, _moved,
    ("owner_id", "lifecycle", "company_id", "source", "client_type"),
    {"first_name": ("name", "sort_key"), "last_name": ("name", "sort_key"),
     "lifecycle": ("converted_at", "converted_by_id")},
)  # fmt: skip


class ContactVerbs:
    """The verbs as the engines call them."""

    def create(self, values: Mapping[str, Any], *, by: Actor) -> Contact:
        """See `create_contact`."""
        return create_contact(values, by=by)

    def update(self, record_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None) -> Contact:
        """See `update_contact`."""
        return update_contact(record_id, values, by=by, version=version)

    def delete(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `delete_contacts`."""
        return delete_contacts(record_ids, by=by)

    def restore(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `restore_contacts`."""
        return restore_contacts(record_ids, by=by)

    def purge(self, record_ids: Sequence[UUID], *, by: Actor) -> int:
        """See `purge_contacts`."""
        return purge_contacts(record_ids, by=by)
