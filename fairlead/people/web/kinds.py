"""What the pages of contacts and companies share: which noun a page is about, and where its pages are."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import NotFound
from fairlead.people import access
from fairlead.people.models import Company, Contact
from fairlead.records.public import Noun, Record, nouns

READERS: dict[str, Any] = {"contact": access.contact, "company": access.company}


def noun_of(name: str) -> Noun:
    """Return the noun, contact or company."""
    return nouns.get(name)


def read(request: FirmRequest, noun: str, record_id: UUID) -> Contact | Company:
    """Return the record that a page is about; raise `NotFound` when it is not there to see."""
    found: Contact | Company = READERS[noun](request.actor, record_id)
    return found


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room, in the firm of the request."""
    return reverse(f"people:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def record_url(request: FirmRequest, noun: str, record_id: UUID | str) -> str:
    """Return the address of a record's page."""
    return url(request, noun, record_id=record_id)


def list_url(request: FirmRequest, noun: str) -> str:
    """Return the address of the noun's list."""
    return f"/f/{request.firm.slug}/{noun_of(noun).plural}/"


def binned(request: FirmRequest, noun: str) -> Any:
    """Return the rows of the noun's bin that the member may see."""
    rows = {"contact": access.binned_contacts, "company": access.binned_companies}
    return rows[noun](request.actor)


def expected(record: Record | None) -> Record:
    """Return the record or raise `NotFound`."""
    if record is None:
        raise NotFound
    return record
