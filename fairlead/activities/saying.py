"""What events still say of activities and comments: nothing of the text of what is gone."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from fairlead.activities import access
from fairlead.activities.finding import activity_id
from fairlead.activities.models import ActivityLink, Comment
from fairlead.events.public import Event, hide
from fairlead.kernel.ids import read_id
from fairlead.records.duplicates.public import merging
from fairlead.tenancy.public import Actor


def hush(events: Sequence[Event], actor: Actor) -> set[UUID]:
    """Mask what events quote of activities and comments that were deleted since, or taken off the record.

    Returns the ids of those events.
    """
    told = {e.id: pk for e in events if (pk := activity_id(e))}
    there = set[UUID]()
    if told and actor.can("notes.view"):
        there = set(access.activities(actor).filter(pk__in=told.values()).values_list("pk", flat=True))
    said = {e.id: pk for e in events if (pk := read_id(e.data.get("comment")))}
    living = Q(deleted_at=None) & (Q(task=None) | Q(task__deleted_at=None))
    heard = set(Comment.rows().filter(living, pk__in=said.values()).values_list("pk", flat=True)) if said else set()
    gone = {e.id for e in events if e.id in told and told[e.id] not in there}
    gone |= {e.id for e in events if e.id in said and said[e.id] not in heard}
    gone |= _taken_off([e for e in events if e.id in told and e.id not in gone])
    hide(e for e in events if e.id in gone)
    return gone


def _taken_off(events: Iterable[Event]) -> set[UUID]:
    """Return the events about a record on which their activity stands no more; a merged record's went with it."""
    places = {e.id: (activity_id(e), e.subject_id) for e in events}
    links = ActivityLink.rows().filter(activity__in={activity for activity, _ in places.values()})
    on = set(links.values_list("activity_id", "record_id")) if places else set()
    off = {pk: place for pk, place in places.items() if place not in on}
    into = {record: merging.successor(record) for _, record in off.values() if record}
    return {pk for pk, (activity, record) in off.items() if record and (activity, into[record]) not in on}
