"""Personal data in the log: nobody rewrites the log, but what was deleted for good is not read from it either."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from fairlead.events.models import Event
from fairlead.events.recording import MASK
from fairlead.events.types import find, registered


def hide(events: Iterable[Event]) -> None:
    """Mask the personal data of events that were read; the rows stay as they are."""
    for event in events:
        known = find(event.type)
        if known is not None:
            event.data = {k: MASK if k in known.personal and v else v for k, v in event.data.items()}


def hide_purged(events: Sequence[Event], living: Collection[UUID] = ()) -> None:
    """Mask the personal data of those events whose subject or contact was deleted for good since.

    Of those `living` the caller knows that they were not.
    """
    some = [e for e in events if (known := find(e.type)) and known.personal.intersection(e.data)]
    ids = {pk for e in some for pk in (e.subject_id, e.contact_id) if pk}.difference(living)
    types = [t.name for t in registered() if t.name.endswith(".purged")]
    purged = Event.rows().filter(type__in=types, subject_id__in=ids).values_list("subject_id", flat=True)
    gone = set(purged) if ids else set()
    hide(e for e in some if gone & {e.subject_id, e.contact_id})
