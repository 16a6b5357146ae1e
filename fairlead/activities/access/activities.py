"""An activity is seen by who sees a record that it is about."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from fairlead.activities.access.records import About, about_visible
from fairlead.activities.access.tasks import tasks
from fairlead.activities.models import (
    Activity,
    ActivityAttachment,
    ActivityLink,
    ActivityOption,
    Comment,
    Kind,
    NoteTemplate,
)
from fairlead.tenancy.public import Actor, Lock, one


def activities(actor: Actor, *kinds: str) -> QuerySet[Any]:
    """Return the activities of the kinds (all without) that the actor may see."""
    actor.require("notes.view")
    rows = Activity.rows().filter(about_visible(actor, ActivityLink.rows(), "activity"), deleted_at=None)
    return rows.filter(kind__in=kinds) if kinds else rows


def activities_about(actor: Actor, about: About) -> QuerySet[Any]:
    """Return the activities about a record that was read for the actor: that they may see it is known already."""
    actor.require("notes.view")
    links = ActivityLink.rows().filter(noun=about[0], record_id=about[1], activity=OuterRef("pk"))
    return Activity.rows().filter(Exists(links), deleted_at=None)


def notes(actor: Actor) -> QuerySet[Any]:
    """Return the notes that the actor may see."""
    return activities(actor, Kind.NOTE)


def deleted_activities(actor: Actor) -> QuerySet[Any]:
    """Return deleted activities that the actor might take back."""
    actor.require("notes.edit")
    return Activity.rows().filter(about_visible(actor, ActivityLink.rows(), "activity"), deleted_at__isnull=False)


def activity(actor: Actor, activity_id: UUID, *, lock: bool = False) -> Activity:
    """Return one activity, locked until the transaction ends if asked; raise `NotFound`."""
    found: Activity = one(activities(actor), activity_id, lock=lock)
    return found


def deleted_activity(actor: Actor, activity_id: UUID) -> Activity:
    """Return one deleted activity, locked; raise `NotFound`."""
    found: Activity = one(deleted_activities(actor), activity_id, lock=True)
    return found


def attachment(actor: Actor, attachment_id: UUID, *, lock: Lock = False) -> ActivityAttachment:
    """Return one attachment of an activity that the actor may see, locked if asked; raise `NotFound`."""
    rows = ActivityAttachment.rows().filter(activity__in=activities(actor).values("pk"))
    found: ActivityAttachment = one(rows, attachment_id, lock=lock)
    return found


def templates(actor: Actor) -> QuerySet[Any]:
    """Return the firm's note templates."""
    actor.require("notes.view")
    return NoteTemplate.rows()


def template(actor: Actor, template_id: UUID) -> NoteTemplate:
    """Return one note template or raise `NotFound`."""
    found: NoteTemplate = one(templates(actor), template_id)
    return found


def options(actor: Actor) -> QuerySet[Any]:
    """Return the firm's types and outcomes of activities, archived ones too."""
    actor.require("notes.view")
    return ActivityOption.rows()


def option(actor: Actor, option_id: UUID, *, lock: bool = False) -> ActivityOption:
    """Return one type or outcome; raise `NotFound`."""
    found: ActivityOption = one(options(actor), option_id, lock=lock)
    return found


def comments(actor: Actor) -> QuerySet[Any]:
    """Return the comments on activities and tasks that the actor may see."""
    from django.db.models import Q

    about = Q(activity__in=activities(actor).values("pk"))
    if actor.can("tasks.view"):
        about |= Q(task__in=tasks(actor).values("pk"))
    return Comment.rows().filter(about, deleted_at=None)


def comment(actor: Actor, comment_id: UUID, *, lock: bool = False) -> Comment:
    """Return one comment; raise `NotFound`."""
    found: Comment = one(comments(actor), comment_id, lock=lock)
    return found
