"""Where the pages of a noun are."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from fairlead.accounts.public import FirmRequest
from fairlead.records import nouns
from fairlead.records.criteria.vocabulary import RELATIONS
from fairlead.records.fields import FieldType
from fairlead.records.nouns import Noun

_NOBODY = UUID(int=0)


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room in the request's firm."""
    return _address(f"records:{name}", request.firm.slug, *kwargs.items())


@lru_cache(maxsize=4_000)
def _address(name: str, firm: str, *kwargs: tuple[str, Any]) -> str:
    return reverse(name, kwargs={"firm": firm, **dict(kwargs)})


def record_url(request: FirmRequest, noun: Noun, record_id: UUID) -> str:
    """Return the address of a record's page, "" while its room has none."""
    return _pattern(noun.page, request.firm.slug).replace(str(_NOBODY), str(record_id)) if noun.page else ""


@lru_cache(maxsize=1_000)
def _pattern(page: str, firm: str) -> str:
    """Return the page's address for a record that is nobody's: a list has a hundred of them, made in a blink."""
    try:
        return reverse(page, kwargs={"firm": firm, "record_id": _NOBODY})
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
