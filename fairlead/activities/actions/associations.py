"""Move what stands on one record to another: when two records turn out to be one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from fairlead.activities.models import ActivityLink, Pin, TaskLink

TABLES: Sequence[tuple[Any, str]] = ((ActivityLink, "activity_id"), (TaskLink, "task_id"))


@transaction.atomic
def move_associations(noun: str, old: UUID, new: UUID) -> dict[str, list[str]]:
    """Put all activities, tasks and pins of `old` onto `new`; what stands on both stays there once.

    Returns the ids of the links and pins that moved, by table, so that a merge can be undone by moving those back.
    """
    moved: dict[str, list[str]] = {}
    for model, key in TABLES:
        rows = model.rows().filter(noun=noun, record_id=old)
        there = model.rows().filter(record_id=new, **{key: OuterRef(key)})
        moving = rows.filter(~Exists(there))
        moved[model._meta.model_name] = [str(pk) for pk in moving.values_list("pk", flat=True)]
        model.rows().filter(pk__in=moved[model._meta.model_name]).update(record_id=new)
    pins = Pin.rows().filter(noun=noun, record_id=old)
    there = Pin.rows().filter(record_id=new, event_id=OuterRef("event_id"))
    moved["pin"] = [str(pk) for pk in pins.filter(~Exists(there)).values_list("pk", flat=True)]
    Pin.rows().filter(pk__in=moved["pin"]).update(record_id=new)
    return moved


@transaction.atomic
def move_back(moved: dict[str, list[str]], old: UUID) -> None:
    """Take a move back: the links and pins that it moved stand on `old` again, those deleted since stay away."""
    for model in (ActivityLink, TaskLink, Pin):
        ids = [UUID(pk) for pk in moved.get(str(model._meta.model_name), ())]
        model.rows().filter(pk__in=ids).update(record_id=old)
