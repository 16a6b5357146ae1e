"""Add, change, order and delete the stages of a pipeline."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.text import counted, squeeze
from fairlead.sales import access, requirements
from fairlead.sales.actions import moving, pipelines
from fairlead.sales.holding import wait_for_holders
from fairlead.sales.models import Deal, Outcome, Stage
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


@transaction.atomic
def delete_stage(stage_id: UUID, *, by: Actor, move_to: UUID | None = None) -> int:
    """Delete an open stage; its open deals move to another stage. Returns how many moved.

    Raises `Conflict` when it has deals and no stage is given, or when it is the last one. Its history is kept; a deal
    in the bin goes to the first stage of its pipeline when it is restored.
    """
    by.require("pipelines.manage")
    wait_for_holders()
    stage = access.stage(by, stage_id)
    access.pipeline(by, stage.pipeline_id, lock=True)
    if stage.kind != Stage.Kind.OPEN:
        raise InvalidInput({"": ["Every pipeline keeps its two ends."]})
    rest = Stage.rows().filter(pipeline=stage.pipeline_id, kind=Stage.Kind.OPEN, archived_at=None).exclude(pk=stage_id)
    if not rest.exists():
        raise Conflict("A pipeline keeps at least one open stage.")
    count = Deal.rows().filter(stage=stage, outcome=Outcome.OPEN, deleted_at=None).count()
    if count and move_to is None:
        raise Conflict(f"{stage.name} has {counted(count, 'open deal')}. Say which stage they move to.")
    if move_to == stage_id:
        raise InvalidInput({"move_to": ["Choose another stage."]})
    going = Deal.rows().filter(stage=stage)
    moved = moving.move_out(going, moving.open_stage(by, move_to), by=by) if move_to else 0
    stage.archived_at = clock.now()
    stage.save(update_fields=["archived_at", "updated_at"])
    tell_settings("stage.deleted", stage, by, pipeline=stage.pipeline.name, moved=moved)
    return moved


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
