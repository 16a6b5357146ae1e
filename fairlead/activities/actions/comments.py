"""Comment on activities and tasks."""

from typing import Any
from uuid import UUID

from django.db import transaction

from fairlead.activities import access, richtext
from fairlead.activities.actions import activities, associating
from fairlead.activities.actions.task_events import task_event
from fairlead.activities.models import Activity, Comment, Task
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden
from fairlead.tenancy.public import Actor

EMPTY = "Write something."


@transaction.atomic
def comment_on_activity(activity_id: UUID, body: str, *, by: Actor) -> Comment:
    """Comment on an activity that the actor may see. Raises `InvalidInput` for an empty text."""
    by.require("notes.edit")
    return _comment({"activity": access.activity(by, activity_id)}, body, by)


@transaction.atomic
def comment_on_task(task_id: UUID, body: str, *, by: Actor) -> Comment:
    """Comment on a task that the actor may see."""
    by.require("notes.edit")
    return _comment({"task": access.task(by, task_id)}, body, by)


@transaction.atomic
def edit_comment(comment_id: UUID, body: str, *, by: Actor) -> Comment:
    """Change one's own comment; members whom it now mentions as well are told."""
    found = _own(comment_id, by)
    known = set(richtext.mentioned(found.body))
    found.body = associating.clean_body(body, required=EMPTY)
    found.text, found.edited_at = richtext.plain(found.body), clock.now()
    found.save(update_fields=["body", "text", "edited_at", "updated_at"])
    record_many([_event("comment_edited", found, by), *_mentions(found, by, but=known)], by=by)
    return found


@transaction.atomic
def delete_comment(comment_id: UUID, *, by: Actor) -> None:
    """Delete one's own comment, or as a manager anybody's."""
    found = _own(comment_id, by)
    found.deleted_at = clock.now()
    found.save(update_fields=["deleted_at", "updated_at"])
    record_many([_event("comment_deleted", found, by, text="")], by=by)


def _own(comment_id: UUID, by: Actor) -> Comment:
    by.require("notes.edit")
    found = access.comment(by, comment_id, lock=True)
    if found.author_id != by.membership_id and not by.can("notes.manage"):
        raise Forbidden("Only who wrote a comment, or a manager, can change it.")
    return found


def _comment(about: dict[str, Any], body: str, by: Actor) -> Comment:
    cleaned = associating.clean_body(body, required=EMPTY)
    made = Comment(**about, body=cleaned, text=richtext.plain(cleaned), author_id=by.membership_id)
    made.save(force_insert=True)
    record_many([_event("commented", made, by), *_mentions(made, by)], by=by)
    return made


def _mentions(found: Comment, by: Actor, *, but: set[UUID] = frozenset()) -> list[NewEvent]:  # type: ignore[assignment]
    named = associating.members([pk for pk in richtext.mentioned(found.body) if pk not in but])
    events = []
    for member in named:
        event = _event("mentioned", found, by)
        event.data = {**event.data, "name": member.user.name, "member": str(member.pk)}
        events.append(event)
    return events


def _event(verb: str, found: Comment, by: Actor, *, text: str | None = None) -> NewEvent:
    said = {"comment": str(found.pk), "text": found.text[: associating.PREVIEW] if text is None else text}
    if found.task_id is not None:
        task: Task = found.task
        return task_event(verb, task, by, said)
    activity: Activity = found.activity
    place, seen = associating.first_place(activities.places(activity), by)
    return associating.event(f"{activity.kind}.{verb}", place, seen, activities.facts(activity) | said)
