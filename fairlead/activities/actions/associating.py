"""What activities and tasks share: the records that they are about, and an event on each of their timelines."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.activities import access, richtext
from fairlead.activities.access import About
from fairlead.events.public import NewEvent
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.records.public import Record
from fairlead.tenancy.public import Actor

PREVIEW = 300
RECORDS = 50
Found = dict[UUID, tuple[str, Record]]


def find(about: Sequence[About], by: Actor, *, least: int = 1) -> Found:
    """Return the records by id. Raises `InvalidInput` (`about`), and `NotFound` for what the actor may not see."""
    if len(about) < least:
        raise InvalidInput({"about": ["Choose at least one record that it is about."]})
    if len(about) > RECORDS or len({pk for _, pk in about}) != len(about):
        raise InvalidInput({"about": [f"Choose at most {RECORDS} records, each of them once."]})
    found = access.records(by, about)
    if any(pk not in found or found[pk][0] != noun for noun, pk in about):
        raise NotFound
    return found


def event(name: str, place: About, found: Found, data: Mapping[str, Any], moment: datetime | None = None) -> NewEvent:
    """Return an event about one of the records, so that it stands on its timeline and on its company's."""
    noun, pk = place
    record = found[pk][1] if pk in found else None
    contact = pk if noun == "contact" else getattr(record, "contact_id", None)
    company = pk if noun == "company" else getattr(record, "company_id", None)
    shown = {k: v for k, v in data.items() if v not in ("", None)}
    return NewEvent(name, (noun, pk), contact, company, shown, moment)


def first_place(about: Sequence[About], by: Actor) -> tuple[About, Found]:
    """Return the first of the records that the actor may see, for the events about the thing itself."""
    found = access.records(by, about)
    return next(((n, pk) for n, pk in about if pk in found), about[0]), found


def clean_body(body: str, *, required: str = "") -> str:
    """Return sanitised HTML. Raises `InvalidInput` (`body`) when it is too long, or empty though `required`."""
    if len(body) > richtext.LIMIT:
        raise InvalidInput({"body": [f"At most {richtext.LIMIT:,} characters fit."]})
    if richtext.is_too_deep(body):
        raise InvalidInput({"body": ["Its lists, quotations or other parts stand too deep within each other."]})
    cleaned = richtext.clean(body.replace("\x00", ""))
    if not richtext.plain(cleaned):
        if required:
            raise InvalidInput({"body": [required]})
        return ""
    return cleaned


def members(ids: Sequence[UUID]) -> list[Membership]:
    """Return the active members among `ids`, with their logins."""
    return list(Membership.rows().filter(pk__in=ids, deactivated_at=None).select_related("user"))
