"""Events that a consumer set aside, each with the records that it was about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from fairlead.accounts import audit_names
from fairlead.events.public import Event, find
from fairlead.tenancy.public import Actor, Firm


@dataclass(frozen=True, slots=True)
class Place:
    """A record that an event was about; `name` and `url` are empty where the viewer sees none (any more)."""

    noun: str
    id: UUID
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An event that was set aside (`row`), what its type is called, and the records that it was about."""

    row: Any
    label: str
    about: Sequence[Place]


def lines(rows: Sequence[Any], actor: Actor, firm: Firm) -> list[Line]:
    """Return the rows with what they were about, in a few queries for all of them."""
    asked = {row.event_id for row in rows}
    found = Event.rows().filter(pk__in=asked, recorded_at__in={row.recorded_at for row in rows})
    events = {event.pk: event for event in found}
    names = audit_names.names_in(events.values(), actor)
    pages = audit_names.pages_of(events.values(), actor)

    def place(noun: str, pk: UUID) -> Place:
        where = {"firm": firm.slug, "record_id": pk}
        return Place(noun, pk, names.get(pk, ""), reverse(pages[pk], kwargs=where) if pk in pages else "")

    def line(row: Any) -> Line:
        known, event = find(row.event_type), events.get(row.event_id)
        about = [place(*of) for of in audit_names.about(event)] if event else []
        return Line(row, known.label if known else row.event_type, about)

    return [line(row) for row in rows]
