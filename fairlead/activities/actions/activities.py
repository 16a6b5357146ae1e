"""Log, schedule, change, delete and restore activities: notes, calls, emails, meetings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.activities import access, richtext
from fairlead.activities.access import About
from fairlead.activities.actions import activity_values, associating
from fairlead.activities.actions.associating import Found
from fairlead.activities.models import Activity, ActivityLink, ActivityMention, ActivityRevision, Kind
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound, StaleVersion
from fairlead.people.public import settle_activity, touch_activity
from fairlead.tenancy.public import Actor

REPORTED = ("direction", "duration_minutes", "subject", "location")  # what events tell beside type and outcome


@transaction.atomic
def log_activity(kind: str, values: Mapping[str, Any], about: Sequence[About], *, by: Actor) -> Activity:
    """Write down a note, call, email or meeting about one or several records, given as (noun, id).

    `values` are named in `activity_values.NAMES`; `body` is HTML, of which what the editor cannot make is taken out.
    A call or meeting with `scheduled_at` alone is planned; one that is said to have been held in the future is refused
    (so is one that is changed or completed so). Raises `InvalidInput`, and `NotFound` for a record that
    the actor may not see.
    """
    by.require("notes.edit")
    made = Activity(kind=Kind(kind).value, author_id=by.membership_id)
    activity_values.assign(made, values)
    made.text = richtext.plain(made.body)
    found = _find(about, by)
    made.save(force_insert=True)
    ActivityLink.objects.bulk_create([ActivityLink(activity=made, noun=noun, record_id=pk) for noun, pk in about])
    record_many([*_appeared(made, about, found), *_mention(made, about[0], found)], by=by)
    _touch(made, about)
    return made


def write_note(body: str, about: Sequence[About], *, by: Actor, occurred_at: datetime | None = None) -> Activity:
    """Write a note about records; see `log_activity`."""
    moment = {"occurred_at": occurred_at} if occurred_at else {}
    return log_activity(Kind.NOTE, {"body": body, **moment}, about, by=by)


@transaction.atomic
def complete_activity(activity_id: UUID, values: Mapping[str, Any], *, by: Actor) -> Activity:
    """Say how a planned call or meeting went: it now stands on the timelines when it was held.

    What was planned is kept as its earlier version: going back to that makes it planned again. Raises
    `Conflict` when it is not planned (any more).
    """
    found = _own(activity_id, by)
    if not found.is_planned:
        raise Conflict("This is not planned any more: somebody has logged it.")
    held, body = {"occurred_at": values.get("started_at") or clock.now(), **values}, found.body
    _keep(found, body, activity_values.assign(found, held), by)
    about = places(found)
    place, seen = associating.first_place(about, by)
    record_many([*_appeared(found, about, seen), *_mention(found, place, seen)], by=by)
    _touch(found, about)
    return found


@transaction.atomic
def edit_activity(activity_id: UUID, values: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Activity:
    """Change an activity; what it said before is kept. Raises `StaleVersion` when somebody else was faster."""
    found = _own(activity_id, by)
    if version is not None and version != found.version:
        raise StaleVersion("Somebody changed this since you opened it.", current=found.version)
    body, stood = found.body, (found.occurred_at, found.is_planned)
    before = activity_values.assign(found, values)
    if found.body == body and not before:
        return found
    _keep(found, body, before, by)
    about = places(found)
    place, seen = associating.first_place(about, by)
    events = [_event("edited", found, place, seen), *_mention(found, place, seen)]
    if (found.occurred_at, found.is_planned) != stood:  # on the timelines: it appears anew where it belongs now
        events += _appeared(found, about, seen)
        _settle(about, *stood)
        _touch(found, about)
    record_many(events, by=by)
    return found


@transaction.atomic
def revert_activity(activity_id: UUID, to_version: int, *, by: Actor) -> Activity:
    """Make an activity say again what it said in an earlier version, its times and choices too.

    That is a change like any other. A type or outcome that the firm gave up since stays as it is. Raises `NotFound`.
    """
    found = access.activity(by, activity_id)
    since = list(ActivityRevision.rows().filter(activity=found, version__gte=to_version).order_by("-version"))
    if not since or since[-1].version != to_version:
        raise NotFound
    was: dict[str, Any] = {}
    for revision in since:  # each keeps what its edit changed: the oldest says last what it was then
        was |= revision.details
    return edit_activity(activity_id, {"body": since[-1].body, **activity_values.again(found, was)}, by=by)


@transaction.atomic
def delete_activity(activity_id: UUID, *, by: Actor) -> Activity:
    """Delete an activity; `restore_activity` brings it back."""
    found = _own(activity_id, by)
    place, seen = associating.first_place(places(found), by)
    found.deleted_at, found.deleted_by_id = clock.now(), by.membership_id
    found.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
    _settle(places(found), found.occurred_at, found.is_planned)
    record_many([_event("deleted", found, place, seen, text="")], by=by)
    return found


@transaction.atomic
def restore_activity(activity_id: UUID, *, by: Actor) -> Activity:
    """Bring a deleted activity back."""
    found = access.deleted_activity(by, activity_id)
    _require_own(found, by)
    found.deleted_at = found.deleted_by = None
    found.save(update_fields=["deleted_at", "deleted_by", "updated_at"])
    place, seen = associating.first_place(places(found), by)
    record_many([_event("restored", found, place, seen, text="")], by=by)
    _touch(found, places(found))
    return found


@transaction.atomic
def associate_activity(activity_id: UUID, about: Sequence[About], *, by: Actor) -> int:
    """Put an activity on further records; returns on how many it was not before."""
    by.require("notes.edit")
    found = access.activity(by, activity_id, lock=True)
    seen = _find(about, by)
    there = {pk for _, pk in places(found)}
    new = [place for place in about if place[1] not in there]
    ActivityLink.objects.bulk_create([ActivityLink(activity=found, noun=noun, record_id=pk) for noun, pk in new])
    record_many([_event("associated", found, place, seen, moment=found.occurred_at) for place in new], by=by)
    _touch(found, new)
    return len(new)


@transaction.atomic
def dissociate_activity(activity_id: UUID, noun: str, record_id: UUID, *, by: Actor) -> None:
    """Take an activity off a record; off its last one it cannot be taken, only deleted."""
    found = _own(activity_id, by)
    links = ActivityLink.rows().filter(activity=found)
    link = links.filter(noun=noun, record_id=record_id).first()
    if link is None:
        raise NotFound
    if links.count() == 1:
        raise InvalidInput("It stands on at least one record. Delete it instead.")
    seen = access.records(by, [(noun, record_id)])
    link.delete()
    _settle([(noun, record_id)], found.occurred_at, found.is_planned)
    record_many([_event("dissociated", found, (noun, record_id), seen, text="")], by=by)


def places(found: Activity) -> list[About]:
    """Return the records that an activity is about, in the order in which they were chosen."""
    rows = ActivityLink.rows().filter(activity=found).order_by("created_at", "id")
    return [(noun, pk) for noun, pk in rows.values_list("noun", "record_id")]


def facts(found: Activity) -> dict[str, Any]:
    """Return what every event about the activity says of it, for filters and reports."""
    data: dict[str, Any] = {"activity": str(found.id)} | {n: getattr(found, n) for n in REPORTED}
    data |= {"type": found.type.name if found.type else "", "outcome": found.outcome.name if found.outcome else ""}
    return data


def _find(about: Sequence[About], by: Actor) -> Found:
    """Return the records, of which none is a task: nobody would see what is about a task alone."""
    if any(noun == "task" for noun, _ in about):
        raise InvalidInput({"about": ["Comment on the task instead."]})
    return associating.find(about, by)


def _keep(found: Activity, body: str, before: Mapping[str, Any], by: Actor) -> None:
    """Save a changed activity, and what it said before: its `body`, and `before` of its other values."""
    ActivityRevision.objects.create(
        activity=found, body=body, details=before, version=found.version, edited_by_id=by.membership_id
    )
    found.text, found.version = richtext.plain(found.body), found.version + 1
    found.save()


def _touch(made: Activity, about: Sequence[About]) -> None:
    if not made.is_planned:
        touch_activity(about, made.occurred_at)


def _settle(about: Sequence[About], gone: datetime, was_planned: bool) -> None:
    """Take last activity back where an activity of `gone` made it; companies follow by the events (`latest`)."""
    if not was_planned:
        settle_activity([pk for noun, pk in about if noun == "contact"], gone)


def _own(activity_id: UUID, by: Actor) -> Activity:
    by.require("notes.edit")
    found = access.activity(by, activity_id, lock=True)
    _require_own(found, by)
    return found


def _require_own(found: Activity, by: Actor) -> None:
    if found.author_id != by.membership_id and not by.can("notes.manage"):
        raise Forbidden("Only who wrote it, or a manager, can change it.")


def _appeared(made: Activity, about: Sequence[About], found: Found) -> list[NewEvent]:
    """Return the events by which an activity comes to stand on the timelines of its records."""
    if made.is_planned:
        return [_event("scheduled", made, place, found) for place in about]
    first, *others = about
    events = [_event("logged", made, first, found, moment=made.occurred_at)]
    return events + [_event("associated", made, place, found, moment=made.occurred_at) for place in others]


def _event(
    verb: str, made: Activity, place: About, found: Found, *, text: str | None = None, moment: datetime | None = None
) -> NewEvent:
    data = facts(made) | {"text": made.text[: associating.PREVIEW] if text is None else text}
    name = "note.written" if (made.kind, verb) == (Kind.NOTE, "logged") else f"{made.kind}.{verb}"
    return associating.event(name, place, found, data, moment)


def _mention(made: Activity, place: About, found: Found) -> list[NewEvent]:
    named = associating.members(richtext.mentioned(made.body))
    known = set(ActivityMention.rows().filter(activity=made).values_list("membership_id", flat=True))
    new = [m for m in named if m.pk not in known]
    ActivityMention.objects.bulk_create([ActivityMention(activity=made, membership=m) for m in new])
    events = []
    for member in new:
        event = _event("mentioned", made, place, found)
        event.data = {**event.data, "name": member.user.name, "member": str(member.pk)}
        events.append(event)
    return events
