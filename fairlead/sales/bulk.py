"""Bulk verbs of deals."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.records.public import Noun, bulk
from fairlead.sales import access
from fairlead.sales.actions import moving
from fairlead.sales.actions.values import as_id
from fairlead.sales.models import Stage
from fairlead.tenancy.public import Actor

Params = Mapping[str, Any]


def _clean(noun: Noun, params: Params, by: Actor) -> dict[str, Any]:
    stage_id = as_id(params.get("stage"), "stage")
    try:
        stage = moving.open_stage(by, stage_id) if stage_id else None
    except NotFound:
        stage = None
    if stage is None:
        raise InvalidInput({"stage": ["Choose a stage."]})
    return {"stage": str(stage.pk), "name": stage.name}


def _controls(noun: Noun, by: Actor, params: Params) -> bulk.Controls:
    rows = Stage.rows().filter(archived_at=None, kind=Stage.Kind.OPEN, pipeline__in=access.pipelines(by))
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pk, name, pipeline in rows.order_by("pipeline__position", "position").values_list(
        "pk", "name", "pipeline__name"
    ):
        groups[pipeline].append((str(pk), name))
    return {"stage": forms.ChoiceField(choices=list(groups.items()), label="Stage", required=False)}


def _move(noun: Noun, ids: Sequence[UUID], params: Params, by: Actor) -> bulk.Applied:
    moved = moving.move_deals(list(ids), UUID(params["stage"]), by=by)
    return bulk.Applied(len(moved), {str(pk): str(stage) for pk, stage in moved.items()})


def _back(noun: Noun, previous: Mapping[str, Any], params: Params, by: Actor) -> bulk.Applied:
    """Move those back that nobody has moved since."""
    here = access.deals(by).filter(pk__in=[UUID(pk) for pk in previous], stage=params["stage"], outcome="open")
    ids = list(here.order_by("pk").values_list("pk", flat=True))  # in the order in which everybody locks deals
    for deal_id in ids:
        moving.move_deal(deal_id, UUID(previous[str(deal_id)]), by=by)
    return bulk.Applied(len(ids))


MOVE = bulk.Verb(
    "move", "Move to stage", "arrow-right", "edit", _move, lambda noun, p: f"Move to {p['name']}", _clean, _back,
    _controls, frozenset({"deal"}), chunk=100, order=20,
)  # fmt: skip
