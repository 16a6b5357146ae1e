"""The only functions that hand out deals, pipelines and what belongs to them to a caller."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from fairlead.accounts.public import TeamMembership
from fairlead.kernel.errors import Conflict, Forbidden
from fairlead.records.public import amounts, nouns
from fairlead.sales.models import Deal, Pipeline, PipelineTeam, Product, Reason, ScoreRule, Stage
from fairlead.tenancy.public import Actor, Role, one


def rank(actor: Actor) -> int:
    """Return how high the actor stands among the built-in roles; the system stands above all."""
    return max(Role).value + 1 if actor.kind == "system" else Role.from_key(actor.role).value


def pipelines(actor: Actor, *, archived: bool = False, kind: str = "") -> QuerySet[Pipeline]:
    """Return the open, or the archived, pipelines that the actor may see, of one kind or all, in their order."""
    actor.require("deals.view")
    rows = Pipeline.rows().filter(_seen_by(actor), archived_at__isnull=not archived)
    return (rows.filter(kind=kind) if kind else rows).order_by("position", "name_norm")


def every_pipeline(actor: Actor) -> QuerySet[Pipeline]:
    """Return the pipelines that the actor may see, archived or not."""
    actor.require("deals.view")
    return Pipeline.rows().filter(_seen_by(actor))


def pipeline(actor: Actor, pipeline_id: UUID, *, lock: bool = False) -> Pipeline:
    """Return one pipeline, archived or not; raise `NotFound`."""
    return one(every_pipeline(actor), pipeline_id, lock=lock)


def stages(actor: Actor, pipeline_id: UUID) -> list[Stage]:
    """Return the stages of a pipeline in their order, the two ends last; raise `NotFound`."""
    pipeline(actor, pipeline_id)
    return list(Stage.rows().filter(pipeline=pipeline_id, archived_at=None).order_by("position", "id"))


def every_stage(actor: Actor) -> QuerySet[Stage]:
    """Return the living stages of the pipelines that the actor may see, archived or not, with the pipeline."""
    rows = Stage.rows().filter(archived_at=None, pipeline__in=every_pipeline(actor).values("pk"))
    return rows.select_related("pipeline")


def stage(actor: Actor, stage_id: UUID) -> Stage:
    """Return a living stage of a pipeline that the actor may see, with the pipeline; raise `NotFound`."""
    return one(every_stage(actor), stage_id)


def end_stage(pipeline_id: UUID, kind: str) -> Stage:
    """Return the won or the lost stage of a pipeline: each has one of both."""
    found: Stage = Stage.rows().select_related("pipeline").get(pipeline=pipeline_id, kind=kind, archived_at=None)
    return found


def require_in_use(pipeline: Pipeline) -> None:
    """Raise `Conflict` when no deal may go on in a pipeline because it is archived."""
    if pipeline.archived_at is not None:
        raise Conflict(f"The pipeline {pipeline.name} is archived. Restore it first.", code="pipeline_archived")


def require_edit(actor: Actor, pipeline: Pipeline) -> None:
    """Raise `Forbidden` unless the actor may change the deals of the pipeline."""
    actor.require("deals.edit")
    if rank(actor) < Role.from_key(pipeline.editable_from).value:
        raise Forbidden(f"Your role may look at {pipeline.name}, but not change it.")


def editable_pipelines(actor: Actor) -> QuerySet[Pipeline]:
    """Return the pipelines, archived ones too, whose deals the actor may change."""
    actor.require("deals.edit")
    return Pipeline.rows().filter(_seen_by(actor), editable_from__in=_roles(actor))


def refuse_read_only(actor: Actor, rows: QuerySet[Any]) -> None:
    """Raise `Forbidden` when one of the deals goes through a pipeline that the actor may only look at."""
    if rows.exclude(pipeline__in=Pipeline.rows().filter(editable_from__in=_roles(actor))).exists():
        raise Forbidden("Your role may look at some of these deals, but not change them.")


def deals(actor: Actor) -> QuerySet[Any]:
    """Return the living deals that the actor may see."""
    actor.require("deals.view")
    return _visible(actor, Deal.rows().filter(deleted_at=None))


def hidden_deals(actor: Actor) -> QuerySet[Any] | None:
    """Return the deals, those in the bin too, of which the actor may not even read; None when there can be none."""
    seen = _seen_by(actor)
    if not seen and actor.visible_owners is None:
        return None
    shown = Deal.rows().filter(pipeline__in=Pipeline.rows().filter(seen)) if seen else Deal.rows()
    if actor.visible_owners is not None:
        shown = shown.filter(owner_id__in=actor.visible_owners)
    return Deal.rows().exclude(pk__in=shown.values("pk"))


def binned_deals(actor: Actor) -> QuerySet[Any]:
    """Return the deals in the bin that the actor may see."""
    actor.require("deals.delete")
    return _visible(actor, Deal.rows().filter(deleted_at__isnull=False))


def deal(actor: Actor, deal_id: UUID) -> Deal:
    """Return one deal with its pipeline and stage; raise `NotFound`."""
    found: Deal = one(deals(actor).select_related("pipeline", "stage", "owner__user"), deal_id)
    return found


def lock_deal(actor: Actor, deal_id: UUID) -> Deal:
    """Return one deal, locked until the transaction ends; raise `NotFound`, `Forbidden` when it may not be changed."""
    # Without joins: a row that somebody moved while we waited would no longer fit the stage that was joined to it.
    found: Deal = one(deals(actor).select_for_update(of=("self",), no_key=True), deal_id)
    require_edit(actor, found.pipeline)
    return found


def products(actor: Actor, *, archived: bool = False) -> QuerySet[Product]:
    """Return what the firm sells, or sold."""
    actor.require("deals.view")
    return Product.rows().filter(archived_at__isnull=not archived)


def reasons(actor: Actor, kind: str = "") -> QuerySet[Reason]:
    """Return the firm's words for why deals end, of one kind or all."""
    actor.require("deals.view")
    rows = Reason.rows().filter(archived_at=None)
    return rows.filter(kind=kind) if kind else rows


def conditions(actor: Actor) -> list[amounts.Amounts]:
    """Return what compares with amounts in the firm's currency: views, segments and rules that the actor may see."""
    actor.require("deals.view")
    return amounts.found(actor)


def score_rules(actor: Actor) -> QuerySet[ScoreRule]:
    """Return the rules that score deals."""
    actor.require("deals.view")
    return ScoreRule.rows().order_by("position", "id")


def _visible(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    seen = _seen_by(actor)
    if seen:
        hidden: Any = Pipeline.rows().exclude(seen).values_list("pk", flat=True)
        # Few firms hide a pipeline: looking first keeps every list free of a condition that excludes nothing.
        if nouns.is_for_many() or (hidden := list(hidden)):
            rows = rows.exclude(pipeline_id__in=hidden)
    if actor.visible_owners is None:
        return rows
    return rows.filter(owner_id__in=actor.visible_owners)


def _seen_by(actor: Actor) -> Q:
    own = rank(actor)
    if own >= Role.ADMIN.value:
        return Q()
    teams = PipelineTeam.rows().filter(pipeline=OuterRef("pk"))
    mine = TeamMembership.rows().filter(membership=actor.membership_id).values("team")
    return Q(visible_from__in=_roles(actor)) & (~Exists(teams) | Exists(teams.filter(team__in=mine)))


def _roles(actor: Actor) -> list[str]:
    own = rank(actor)
    return [role.key for role in Role if role.value <= own]
