"""Where the pages of this room are, and what they ask of a request."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.dateparse import parse_date

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.kernel.text import whole_number
from fairlead.sales import access
from fairlead.sales.models import Pipeline


def url(request: FirmRequest, name: str, **kwargs: Any) -> str:
    """Return the address of a page of this room, in the firm of the request."""
    return reverse(f"sales:{name}", kwargs={"firm": request.firm.slug, **kwargs})


def asked_id(request: FirmRequest, name: str) -> UUID | None:
    """Return an id of the query, None without one; raise `InvalidInput`. "me" is the member who asks."""
    raw = request.GET.get(name, "")
    if raw == "me":
        return request.actor.membership_id
    found = read_id(raw)
    if raw and found is None:
        raise InvalidInput({name: ["An id is expected."]})
    return found


def read_day(text: str) -> date | None:
    """Return the day that a text of a query means (ISO 8601), None for what is none."""
    try:
        return parse_date(text)
    except ValueError:  # of its form, but in no calendar: 2026-13-45
        return None


def asked_page(request: FirmRequest) -> int:
    """Return the number of the page asked for, from 1."""
    return min(max(1, whole_number(request.GET.get("page")) or 1), 99_999)


def first_pipeline(request: FirmRequest) -> Pipeline | None:
    """Return the pipeline that pages without one begin with."""
    return access.pipelines(request.actor).first()
