"""Open record pages follow what happens with their record: they are told, and read again what they may see."""

from collections.abc import Sequence

from fairlead.events.public import Event
from fairlead.notifications.public import tell

EVERY = "records"  # the topic of all record pages, when too many records changed to name them
FEW = 20  # so many are named one by one


def topic(record_id: object) -> str:
    """Return what the page of a record listens to."""
    return f"record:{record_id}"


def tell_open_pages(events: Sequence[Event]) -> None:
    """Tell the open pages of the records that events are about."""
    touched = sorted({event.subject_id for event in events if event.subject_id})
    for one in [topic(pk) for pk in touched] if len(touched) <= FEW else [EVERY]:
        tell(None, one)
