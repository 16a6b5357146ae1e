"""Reading what the forms of this room post."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from fairlead.accounts.public import FirmRequest
from fairlead.activities import access
from fairlead.activities.access import About
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.ids import read_id
from fairlead.kernel.text import whole_number
from fairlead.records.public import nouns


def uuids(texts: list[str]) -> list[UUID]:
    """Return the ids among some texts, each once."""
    return list(dict.fromkeys(pk for text in texts if (pk := read_id(text)) is not None))


def places(texts: list[str]) -> list[About]:
    """Return the records that "noun:id" texts name."""
    parts = [text.partition(":") for text in texts]
    found = [(noun, pk) for noun, _, record_id in parts if (pk := read_id(record_id)) is not None]
    return list(dict.fromkeys(found))


def chosen(request: FirmRequest, texts: list[str]) -> dict[str, Any]:
    """Return the records that were chosen in a picker, as its options and values."""
    found = access.records(request.actor, places(texts))
    options = [{"value": f"{noun}:{pk}", "label": str(r)} for pk, (noun, r) in found.items()]
    return {"chosen": options, "chosen_values": [o["value"] for o in options]}


def moment(typed: QueryDict, name: str) -> datetime | None:
    """Return the instant of a `datetime-local` field, read on the member's own clock; None when it is empty."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput({name: ["A date and time such as 2027-03-31 14:30 is expected."]})
    aware = found if timezone.is_aware(found) else timezone.make_aware(found)
    try:
        aware.astimezone(UTC)
    except OverflowError:  # the last hours of the year 9999, west of Greenwich
        raise InvalidInput({name: ["Choose a moment that the calendar still has."]}) from None
    return aware


def number(typed: QueryDict, name: str) -> int | None:
    """Return a whole number, None when the field is empty; raise `InvalidInput`."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    found = whole_number(text, digits=9)
    if found is None:
        raise InvalidInput({name: ["A whole number is expected."]})
    return found


def coming_from(request: FirmRequest) -> str:
    """Return "noun:id" of the record page that a request comes from, "" when it comes from elsewhere or from a task."""
    parts = urlsplit(request.headers.get("Referer", "")).path.strip("/").split("/")
    if len(parts) < 4 or parts[:2] != ["f", request.firm.slug]:
        return ""
    noun = next((n.name for n in nouns.registered() if n.plural == parts[2] and n.name != "task"), "")
    return f"{noun}:{parts[3]}" if noun and read_id(parts[3]) else ""
