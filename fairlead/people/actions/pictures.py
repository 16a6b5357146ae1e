"""The picture of a contact."""

from collections.abc import Iterable
from functools import partial
from typing import IO
from uuid import UUID

from django.db import transaction

from fairlead.events.public import record
from fairlead.kernel import uploads
from fairlead.people.actions import contacts, record_values
from fairlead.people.models import Contact
from fairlead.tenancy.public import Actor

FOLDER = "pictures"


def named_pictures() -> Iterable[str]:
    """Return the paths of the firm's pictures; those of contacts in the bin and of merged ones too."""
    return Contact.rows().exclude(picture="").values_list("picture", flat=True)


@transaction.atomic
def set_picture(contact_id: UUID, upload: IO[bytes], *, by: Actor, version: int | None = None) -> Contact:
    """Replace a contact's picture; it is drawn anew, small and without metadata. Raises `InvalidInput` (`picture`)."""
    by.require("contacts.edit")
    contact = contacts.lock(contact_id, by=by)
    record_values.check_version(contact, version)
    stored = uploads.store_picture(upload, folder=uploads.folder_of(by.firm_id, FOLDER))
    return _change(contact, stored.path, by)


@transaction.atomic
def remove_picture(contact_id: UUID, *, by: Actor, version: int | None = None) -> Contact:
    """Take a contact's picture away."""
    by.require("contacts.edit")
    contact = contacts.lock(contact_id, by=by)
    record_values.check_version(contact, version)
    return _change(contact, "", by) if contact.picture else contact


def _change(contact: Contact, path: str, by: Actor) -> Contact:
    # The old file goes only when the change is certain: a rollback must not leave a contact without its picture.
    transaction.on_commit(partial(uploads.remove, contact.picture.name or ""))
    contact.picture = path
    contact.version += 1
    contact.save(update_fields=["picture", "version", "updated_at"])
    event = "contact.picture_set" if path else "contact.picture_removed"
    record(event, by=by, subject=("contact", contact.id), contact_id=contact.id, company_id=contact.company_id)
    return contact
