"""Where the pages of a noun are."""

from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from fairlead.accounts.public import FirmRequest
from fairlead.records import nouns
from fairlead.records.criteria.vocabulary import RELATIONS
from fairlead.records.fields import FieldType
from fairlead.records.nouns import Noun


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room in the request's firm."""
    return reverse(f"records:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def record_url(request: FirmRequest, noun: Noun, record_id: UUID) -> str:
    """Return the address of a record's page, "" while its room has none."""
    try:
        return reverse(noun.page, kwargs={"firm": request.firm.slug, "record_id": record_id}) if noun.page else ""
    except NoReverseMatch:
        return ""


def elsewhere(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of another room's page, "" when there is none."""
    try:
        return reverse(name, kwargs={"firm": request.firm.slug, **kwargs})
    except NoReverseMatch:
        return ""


def choices_url(request: FirmRequest, field_type: str) -> str:
    """Return where to look for the records that a field of this type may name, "" when it names none."""
    try:
        related = nouns.get(RELATIONS[FieldType(field_type)])
    except KeyError:
        return ""
    name = related.extra.get("choices", "")
    return reverse(name, kwargs={"firm": request.firm.slug}) if name else ""
