"""Which events of this room somebody may read on a timeline or in the feed: of what they may not see, none."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from fairlead.activities import access, events
from fairlead.activities.models import Kind
from fairlead.tenancy.public import Actor

OF_TASKS = [t.name for t in events.TASKS]
OF_ACTIVITIES = [t.name for t in events.TYPES if t.name.partition(".")[0] in Kind.values]


def readable(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the events without those of activities and tasks that the actor may not see."""
    if not actor.can("notes.view"):
        rows = rows.exclude(type__in=OF_ACTIVITIES)
    if not actor.can("tasks.view"):
        return rows.exclude(type__in=OF_TASKS)
    if actor.visible_owners is None:
        return rows
    task = Cast(KeyTextTransform("task", OuterRef("data")), UUIDField())
    return rows.exclude(Q(type__in=OF_TASKS) & Q(Exists(access.hidden_tasks(actor).filter(pk=task))))
