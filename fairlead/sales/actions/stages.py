"""Add, change and order the stages of a pipeline; `stage_ends` deletes them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.text import squeeze
from fairlead.sales import access, requirements
from fairlead.sales.actions import pipelines
from fairlead.sales.models import Stage
from fairlead.sales.telling import tell_settings
from fairlead.shell.marks import COLORS
from fairlead.tenancy.public import Actor

NAME_LENGTH, MOST = 80, 40
NUMBERS = {"probability": (0, 100), "rotting_days": (1, 3_650), "shift_close_days": (-3_650, 3_650)}
OPTIONAL = ("rotting_days", "shift_close_days")


@transaction.atomic
def add_stage(pipeline_id: UUID, given: Mapping[str, Any], *, by: Actor) -> Stage:
    """Add an open stage at the end of a pipeline; only its name is required."""
    by.require("pipelines.manage")
    pipeline = access.pipeline(by, pipeline_id, lock=True)
    rows = Stage.rows().filter(pipeline=pipeline, archived_at=None, kind=Stage.Kind.OPEN)
    if rows.count() >= MOST:
        raise InvalidInput({"name": [f"A pipeline has at most {MOST} stages."]})
    last = rows.aggregate(last=Max("position"))["last"] or 0
    stage = Stage(pipeline=pipeline, position=last + 1, probability=50)
    _set(stage, {"name": "", **given})
    stage.save(force_insert=True)
    tell_settings("stage.created", stage, by, pipeline=pipeline.name)
    return stage


@transaction.atomic
def update_stage(stage_id: UUID, given: Mapping[str, Any], *, by: Actor) -> Stage:
    """Change a stage. The ends keep kind and probability; what one is called is the pipeline's word for it, too."""
    by.require("pipelines.manage")
    stage = access.stage(by, stage_id)
    pipeline = access.pipeline(by, stage.pipeline_id, lock=True)
    if stage.kind != Stage.Kind.OPEN:
        given = {name: value for name, value in given.items() if name in ("name", "color", "required_fields")}
        if "name" in given:
            stage.name = pipelines.call_end(pipeline, stage.kind, given["name"])
            given.pop("name")
    _set(stage, given)
    stage.save()
    tell_settings("stage.updated", stage, by, pipeline=stage.pipeline.name)
    return stage


@transaction.atomic
def order_stages(pipeline_id: UUID, ids: Sequence[UUID], *, by: Actor) -> list[Stage]:
    """Put the open stages of a pipeline into this order; all of them must be named."""
    by.require("pipelines.manage")
    pipeline = access.pipeline(by, pipeline_id, lock=True)
    known = {s.pk: s for s in Stage.rows().filter(pipeline=pipeline, archived_at=None, kind=Stage.Kind.OPEN)}
    if set(ids) != set(known) or len(ids) != len(known):
        raise Conflict("The stages were changed meanwhile. Look again.")
    ordered = [known[pk] for pk in ids]
    for position, stage in enumerate(ordered, 1):
        stage.position = position
    Stage.objects.bulk_update(ordered, ["position"])
    tell_settings("stage.reordered", pipeline, by, order=[s.name for s in ordered])
    return ordered


def _set(stage: Stage, given: Mapping[str, Any]) -> None:
    for name, raw in given.items():
        if name not in _SETTERS:
            raise InvalidInput({name: ["There is no such field, or it cannot be set."]})
        setattr(stage, name, _SETTERS[name](name, raw))


def _name(field: str, raw: Any) -> str:
    text = squeeze(str(raw or ""))
    if not text or len(text) > NAME_LENGTH:
        raise InvalidInput({field: [f"A name of 1 to {NAME_LENGTH} characters is expected."]})
    return text


def _color(field: str, raw: Any) -> str:
    if raw not in COLORS:
        raise InvalidInput({field: [f"Use one of: {', '.join(COLORS)}."]})
    return str(raw)


def _number(field: str, raw: Any) -> int | None:
    if raw in (None, "") and field in OPTIONAL:
        return None
    low, high = NUMBERS[field]
    try:
        number = int(str(raw).strip())
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise InvalidInput({field: [f"A whole number from {low} to {high} is expected."]})
    return number


def _forecast(field: str, raw: Any) -> str:
    if raw not in Stage.Forecast.values:
        raise InvalidInput({field: [f"Use one of: {', '.join(Stage.Forecast.values)}."]})
    return str(raw)


def _required(field: str, raw: Any) -> list[str]:
    return requirements.clean(raw or [])


_SETTERS = {
    "name": _name, "color": _color, "probability": _number, "rotting_days": _number, "shift_close_days": _number,
    "forecast": _forecast, "required_fields": _required,
}  # fmt: skip
