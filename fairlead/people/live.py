"""Open pages of records and lists follow what happens: they are told, and read again what they may see."""

from collections.abc import Sequence

from fairlead.events.public import Event
from fairlead.notifications.public import tell
from fairlead.records.public import ImportRun

EVERY = "records"  # the topic of all records, when too many changed to name them
FEW = 20  # so many are named one by one


def topic(record_id: object) -> str:
    """Return what the page of a record listens to."""
    return f"record:{record_id}"


def tell_open_pages(events: Sequence[Event]) -> None:
    """Tell the open pages of the records that events are about."""
    touched = sorted({event.subject_id for event in events if event.subject_id})
    for one in [topic(pk) for pk in touched] if len(touched) <= FEW else [EVERY]:
        tell(None, one)


def tell_open_lists(runs: Sequence[Event]) -> None:
    """Tell the open lists of the nouns whose bulk actions and imports have ended: who is new is told nowhere else."""
    imports = ImportRun.rows().filter(pk__in=[e.subject_id for e in runs if e.subject_noun == "import"])
    nouns = {e.data["noun"] for e in runs if e.subject_noun == "bulk"} | set(imports.values_list("noun", flat=True))
    for noun in sorted(nouns):
        tell(None, f"list:{noun}")
