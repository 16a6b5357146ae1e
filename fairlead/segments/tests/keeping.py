"""Reading the log in a test, and looking at who is in; people who may be in Berlin."""

from typing import Any
from uuid import UUID

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.events.public import Event
from fairlead.segments.jobs import apply_rules, follow
from fairlead.segments.models import Segment, SegmentMember
from fairlead.tenancy.public import firm_context

BERLIN = {"all": [{"field": "city", "op": "is", "value": "Berlin"}]}
_read: dict[UUID, set[UUID]] = {}


def catch_up(person: Person) -> None:
    """Hand the consumers of segments what they have not read, as the worker would, until nothing follows."""
    read = _read.setdefault(person.firm.pk, set())
    with firm_context(person.firm.pk):
        while news := [e for e in Event.rows().order_by("generation", "tx", "id") if e.pk not in read]:
            read.update(e.pk for e in news)
            follow(news)
            apply_rules([e for e in news if e.type in ("segment.entered", "segment.left")])


def contact(api: Api, **values: str) -> str:
    """Make a contact, called Ada unless said otherwise; return the id."""
    return str(api.post("contacts", {"first_name": "Ada", **values}).json()["id"])


def members(person: Person, segment: Segment) -> set[UUID]:
    """Return the ids of those who are in a segment."""
    with firm_context(person.firm.pk):
        return set(SegmentMember.rows().filter(segment_id=segment.pk).values_list("contact_id", flat=True))


def refused(answer: Any, status: int, code: str = "") -> dict[str, Any]:
    """Check that the API refused with `status` (and `code`); return the problem details."""
    assert answer.status_code == status, answer.content
    told: dict[str, Any] = answer.json()
    assert not code or told["code"] == code, told
    return told
