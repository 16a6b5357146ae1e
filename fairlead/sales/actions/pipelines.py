"""Make, change, order and restore pipelines; `stage_ends` archives them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.accounts.public import Team
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.people.public import record_values
from fairlead.sales import access
from fairlead.sales.blueprints import Blueprint, blueprint
from fairlead.sales.models import Kind, Pipeline, PipelineTeam, Stage
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor, Role

NAME_LENGTH, LABEL_LENGTH = 100, 40
END_POSITION = 1_000_000  # the two ends stand after every open stage
LABELS = ("item_label", "won_label", "lost_label")
ROLES = ("visible_from", "editable_from")
TAKEN = "There is a pipeline of this name."


@transaction.atomic
def create_pipeline(template: str = "sales", *, by: Actor, name: str = "") -> Pipeline:
    """Make a pipeline from a ready one, with its stages and both ends; `name` replaces the ready name."""
    by.require("pipelines.manage")
    ready = blueprint(template)
    last = Pipeline.rows().aggregate(last=Max("position"))["last"]
    pipeline = Pipeline(
        kind=ready.kind, position=(last or 0) + 1, item_label=ready.item_label, won_label=ready.won_label,
        lost_label=ready.lost_label,
    )  # fmt: skip
    _rename(pipeline, name or _free_name(ready.name))
    with unique(TAKEN):
        pipeline.save(force_insert=True)
    _furnish(pipeline, ready)
    tell_settings("pipeline.created", pipeline, by, template=template)
    return pipeline


def _furnish(pipeline: Pipeline, ready: Blueprint) -> None:
    made = [Stage(pipeline=pipeline, position=at, **raw) for at, raw in enumerate(ready.stages, 1)]
    ends = (("won", ready.won_label, "green", 100), ("lost", ready.lost_label, "red", 0))
    for at, (kind, label, color, probability) in enumerate(ends):
        made.append(
            Stage(pipeline=pipeline, name=label, kind=kind, color=color, probability=probability,
                  position=END_POSITION + at, forecast=Stage.Forecast.OMIT)
        )  # fmt: skip
    Stage.objects.bulk_create(made)


@transaction.atomic
def update_pipeline(pipeline_id: UUID, given: Mapping[str, Any], *, by: Actor, version: int | None = None) -> Pipeline:
    """Change name, `kind`, labels, `visible_from`, `editable_from` (roles), `teams` (ids; none: everybody)."""
    by.require("pipelines.manage")
    pipeline = access.pipeline(by, pipeline_id, lock=True)
    record_values.check_version(pipeline, version)  # type: ignore[arg-type]
    if "name" in given:
        _rename(pipeline, given["name"])
    for names, cleaned in ((LABELS, _label), (ROLES, _role), (("kind",), _kind)):
        for name in names:
            if name in given:
                setattr(pipeline, name, cleaned(given[name], name))
    if "teams" in given:
        _set_teams(pipeline, given["teams"])
    pipeline.version += 1
    with unique(TAKEN):
        pipeline.save()
    _name_ends(pipeline)
    tell_settings("pipeline.updated", pipeline, by)
    return pipeline


@transaction.atomic
def order_pipelines(ids: Sequence[UUID], *, by: Actor) -> None:
    """Put pipelines into this order; those not named come after."""
    by.require("pipelines.manage")
    known = {p.pk: p for p in access.pipelines(by).select_for_update(of=("self",))}
    ordered = [known[pk] for pk in ids if pk in known]
    ordered += [p for pk, p in known.items() if pk not in set(ids)]
    for position, pipeline in enumerate(ordered, 1):
        pipeline.position = position
    Pipeline.objects.bulk_update(ordered, ["position"])
    if ordered:
        tell_settings("pipeline.reordered", ordered[0], by, order=[str(p.pk) for p in ordered])


@transaction.atomic
def restore_pipeline(pipeline_id: UUID, *, by: Actor) -> Pipeline:
    """Take an archived pipeline into use again."""
    by.require("pipelines.manage")
    pipeline = access.pipeline(by, pipeline_id, lock=True)
    _rename(pipeline, pipeline.name)
    pipeline.archived_at = pipeline.archived_by = None
    pipeline.version += 1
    with unique(TAKEN):
        pipeline.save(update_fields=["archived_at", "archived_by", "version", "updated_at"])
    tell_settings("pipeline.restored", pipeline, by)
    return pipeline


def call_end(pipeline: Pipeline, kind: str, name: Any) -> str:
    """Set the word of a pipeline for one of its ends, which the caller gives to its stage; raise `InvalidInput`."""
    label = "won_label" if kind == Stage.Kind.WON else "lost_label"
    setattr(pipeline, label, _label(name, "name"))
    pipeline.version += 1
    pipeline.save(update_fields=[label, "version", "updated_at"])
    return str(getattr(pipeline, label))


def _rename(pipeline: Pipeline, name: Any) -> None:
    pipeline.name = squeeze(str(name or ""))
    pipeline.name_norm = fold(pipeline.name)
    if not pipeline.name or len(pipeline.name) > NAME_LENGTH:
        raise InvalidInput({"name": [f"A name of 1 to {NAME_LENGTH} characters is expected."]})
    same = Pipeline.rows().filter(name_norm=pipeline.name_norm, archived_at=None).exclude(pk=pipeline.pk)
    if same.exists():
        raise InvalidInput({"name": [TAKEN]})


def _free_name(name: str) -> str:
    taken = set(Pipeline.rows().filter(archived_at=None).values_list("name_norm", flat=True))
    names = (name, *(f"{name} {n}" for n in range(2, len(taken) + 3)))
    return next(n for n in names if fold(n) not in taken)


def _label(raw: Any, field: str) -> str:
    text = squeeze(str(raw or ""))
    if not text or len(text) > LABEL_LENGTH:
        raise InvalidInput({field: [f"A word of 1 to {LABEL_LENGTH} characters is expected."]})
    return text


def _role(raw: Any, field: str) -> str:
    if raw not in [role.key for role in Role]:
        raise InvalidInput({field: ["Choose a role."]})
    return str(raw)


def _kind(raw: Any, field: str) -> str:
    if raw not in Kind.values:
        raise InvalidInput({field: [f"Use one of: {', '.join(Kind.values)}."]})
    return str(raw)


def _set_teams(pipeline: Pipeline, ids: Sequence[Any]) -> None:
    wanted = {UUID(str(pk)) for pk in ids}
    if Team.rows().filter(pk__in=wanted).count() != len(wanted):
        raise InvalidInput({"teams": ["Choose teams that exist."]})
    PipelineTeam.rows().filter(pipeline=pipeline).exclude(team__in=wanted).delete()
    for team_id in wanted:
        PipelineTeam.objects.get_or_create(pipeline=pipeline, team_id=team_id)


def _name_ends(pipeline: Pipeline) -> None:
    ends = Stage.rows().filter(pipeline=pipeline, archived_at=None)
    ends.filter(kind=Stage.Kind.WON).update(name=pipeline.won_label)
    ends.filter(kind=Stage.Kind.LOST).update(name=pipeline.lost_label)
