"""When the latest activity about a record took place, as people's records and the log are asked for it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from fairlead.activities.finding import activity_id
from fairlead.activities.models import ActivityLink, Kind
from fairlead.events.public import Event

# What the log says when an activity comes to stand on a record, moves, or stands there no more.
VERBS = ("written", "logged", "associated", "dissociated", "edited", "deleted", "restored")
MOVING = frozenset(f"{kind}.{verb}" for kind in Kind.values for verb in VERBS)


def latest(alias: str, before: str) -> str:
    """Return SQL of the moment of the latest activity about the record over `alias` before another moment; what is
    planned is none yet."""
    return (
        "(SELECT max(a.occurred_at) FROM activities_activitylink l "  # noqa: S608 - an alias of ours
        f"JOIN activities_activity a ON a.firm_id = l.firm_id AND a.id = l.activity_id "
        f"WHERE l.firm_id = {alias}.firm_id AND l.record_id = {alias}.id AND a.deleted_at IS NULL "
        f"AND a.occurred_at < {before} "
        "AND (a.scheduled_at IS NULL OR a.ended_at IS NOT NULL))"
    )


def about(events: Sequence[Event]) -> Iterator[tuple[UUID, str, UUID]]:
    """Yield (event, noun, record) for every record that the events' activities are about: a change is told on one."""
    ids = {e.id: pk for e in events if (pk := activity_id(e)) is not None}
    if not ids:
        return
    places: dict[UUID, list[tuple[str, UUID]]] = {}
    rows = ActivityLink.rows().filter(activity__in=set(ids.values()))
    for activity, noun, pk in rows.values_list("activity_id", "noun", "record_id"):
        places.setdefault(activity, []).append((noun, pk))
    for event, activity in ids.items():
        yield from ((event, noun, pk) for noun, pk in places.get(activity, ()))
