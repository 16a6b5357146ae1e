"""What the record pages of all nouns share: which noun a page is about, and where its pages are.

A noun of another room names its pages like those of a contact: `sales:deal`, `sales:deal-fact`, `sales:deal-bin` …
"""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Expression
from django.urls import reverse

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import NotFound
from fairlead.people import access
from fairlead.records.public import Noun, Record, nouns

READERS: dict[str, Any] = {"contact": access.contact, "company": access.company}


def noun_of(name: str) -> Noun:
    """Return the noun."""
    return nouns.get(name)


def read(request: FirmRequest, noun: str, record_id: UUID) -> Any:
    """Return the record that a page is about; raise `NotFound` when it is not there to see."""
    if noun in READERS:
        return READERS[noun](request.actor, record_id)
    return expected(noun_of(noun).visible(request.actor).filter(pk=record_id).first())


def read_with_names(request: FirmRequest, noun: str, record_id: UUID, **more: Expression) -> Any:
    """Return the record as `read` does, with its owner, its company and `more` in the same query."""
    kind = noun_of(noun)
    joined = [path for path in ("owner__user", "company") if hasattr(kind.model, path.partition("__")[0])]
    rows = kind.visible(request.actor).select_related(*joined)
    return expected(rows.annotate(**more).filter(pk=record_id).first())


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room, in the firm of the request."""
    return reverse(f"people:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def part_url(request: FirmRequest, noun: str, part: str, **kwargs: Any) -> str:
    """Return the address of a part of a noun's pages: "fact", "timeline", "bin" …"""
    return reverse(f"{noun_of(noun).page}-{part}", kwargs={"firm": request.firm.slug, **kwargs})


def record_url(request: FirmRequest, noun: str, record_id: UUID | str) -> str:
    """Return the address of a record's page."""
    return reverse(noun_of(noun).page, kwargs={"firm": request.firm.slug, "record_id": record_id})


def list_url(request: FirmRequest, noun: str, criteria: Any = None, **asked: str) -> str:
    """Return the address of the noun's list: of all, or of what matches a tree of criteria; `sort` may be asked too."""
    query = ({"criteria": json.dumps(criteria)} if criteria else {}) | asked
    return f"/f/{request.firm.slug}/{noun_of(noun).plural}/" + (f"?{urlencode(query)}" if query else "")


def binned(request: FirmRequest, noun: str) -> Any:
    """Return the rows of the noun's bin that the member may see."""
    rows: dict[str, Any] = {"contact": access.binned_contacts, "company": access.binned_companies}
    found = rows.get(noun) or noun_of(noun).extra["binned"]
    return found(request.actor)


def expected(record: Record | None) -> Record:
    """Return the record or raise `NotFound`."""
    if record is None:
        raise NotFound
    return record
