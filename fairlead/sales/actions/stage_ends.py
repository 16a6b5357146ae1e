"""Delete stages and archive pipelines: a few open deals move at once, many in the background, piece by piece.

A piece keeps the stages in use, as whoever moves a deal does. The last one waits for all of those, moves what came
meanwhile, and takes the stage or pipeline out of use: no deal ends up where nobody looks.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from fairlead.accounts.public import Errand, errands
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict, InvalidInput
from fairlead.kernel.text import counted
from fairlead.sales import access, leaving, requirements
from fairlead.sales.actions import emptying, moving
from fairlead.sales.holding import hold_stages, wait_for_holders
from fairlead.sales.models import Deal, Outcome, Pipeline, Stage
from fairlead.sales.telling import tell_settings
from fairlead.tenancy.public import Actor

AT_ONCE = PIECE = 1_000  # about half a millisecond for each deal


@transaction.atomic
def delete_stage(stage_id: UUID, *, by: Actor, move_to: UUID | None = None) -> int:
    """Delete an open stage; its open deals move to another stage. Returns how many moved: 0 while many go on to.

    Raises `Conflict` when it has deals and no stage is given, when it is the last one, and while an errand moves deals
    out of it or into it. Its history is kept; a deal in the bin goes to the first stage of its pipeline when it is
    restored.
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
    leaving.require_quiet([stage_id], stage.pipeline_id)
    if move_to == stage_id:
        raise InvalidInput({"move_to": ["Choose another stage."]})
    going = _open(Deal.rows().filter(stage=stage))
    count = going.count()
    target = _target(stage.name, count, move_to, by)
    if target and count > AT_ONCE:
        _start(leaving.DELETE, stage, f"Delete the stage {stage.name}", target, going, by)
        return 0
    moved = _move(going, target, by)
    _end_stage(stage, moved, by)
    return moved


@transaction.atomic
def archive_pipeline(pipeline_id: UUID, *, by: Actor, move_to: UUID | None = None) -> Pipeline:
    """Take a pipeline out of use; its open deals move to the stage `move_to` of another one, many in the background.

    Raises `Conflict` when it has open deals and no stage is given, and while an errand moves deals out of its stages or
    into one. Its history stays in the analytics; a deal in the bin goes to the firm's first pipeline when it is
    restored.
    """
    by.require("pipelines.manage")
    wait_for_holders()
    pipeline = access.pipeline(by, pipeline_id, lock=True)
    leaving.require_quiet(list(Stage.rows().filter(pipeline=pipeline).values_list("pk", flat=True)), pipeline_id)
    going = _open(Deal.rows().filter(pipeline=pipeline))
    count = going.count()
    target = _target(pipeline.name, count, move_to, by)
    if target is not None and target.pipeline_id == pipeline.pk:
        raise InvalidInput({"move_to": ["Choose a stage of another pipeline."]})
    if target and count > AT_ONCE:
        _start(leaving.ARCHIVE, pipeline, f"Archive the pipeline {pipeline.name}", target, going, by)
        return pipeline
    _move(going, target, by)
    _end_pipeline(pipeline, by.membership_id, by)
    return pipeline


def delete_on(errand: Errand, by: Actor) -> int | None:
    """Move the next piece of the deals of a stage that is being deleted; at the end, delete it."""
    passed = _next(_open(Deal.rows().filter(stage=errand.subject_id)), errand, by)
    if passed is None:
        _end_stage(Stage.rows().select_related("pipeline").get(pk=errand.subject_id), errand.done, by)
    return passed


def archive_on(errand: Errand, by: Actor) -> int | None:
    """Move the next piece of the deals of a pipeline that is being archived; at the end, archive it."""
    passed = _next(_open(Deal.rows().filter(pipeline=errand.subject_id)), errand, by)
    if passed is None:
        pipeline = Pipeline.rows().select_for_update(of=("self",)).get(pk=errand.subject_id)
        _end_pipeline(pipeline, errand.membership_id, by)
    return passed


def _open(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Return the open ones of some deals, whoever may see them; the bin waits for `moving.rehouse`."""
    return deals.filter(outcome=Outcome.OPEN, deleted_at=None)


def _target(name: str, count: int, move_to: UUID | None, by: Actor) -> Stage | None:
    """Return where open deals that are to go move; raise when there are any and nothing is said."""
    if count and move_to is None:
        raise Conflict(f"{name} has {counted(count, 'open deal')}. Say which stage they move to.")
    target = moving.open_stage(by, move_to) if move_to else None
    if target is not None:
        leaving.require_staying(target)
    return target


def _start(kind: str, subject: Stage | Pipeline, label: str, target: Stage, going: QuerySet[Deal], by: Actor) -> None:
    requirements.check_all(going, target)
    params = {"move_to": str(target.pk)}
    errands.start(kind, subject.pk, label=label, total=going.count(), by=by, params=params)


def _next(going: QuerySet[Deal], errand: Errand, by: Actor) -> int | None:
    """Move a piece, None when that was all: then nobody moves a deal until the transaction ends."""
    target = Stage.rows().select_related("pipeline").get(pk=errand.params["move_to"])
    if going.exists():
        hold_stages()
        return emptying.move_out(going, target, by=by, limit=PIECE)
    wait_for_holders()
    errand.done += _move(going, target, by)
    return None


def _move(going: QuerySet[Deal], target: Stage | None, by: Actor) -> int:
    return emptying.move_out(going, target, by=by) if target else 0


def _end_stage(stage: Stage, moved: int, by: Actor) -> None:
    stage.archived_at = clock.now()
    stage.save(update_fields=["archived_at", "updated_at"])
    tell_settings("stage.deleted", stage, by, pipeline=stage.pipeline.name, moved=moved)


def _end_pipeline(pipeline: Pipeline, member: UUID | None, by: Actor) -> None:
    pipeline.archived_at, pipeline.archived_by_id = clock.now(), member
    pipeline.version += 1
    pipeline.save(update_fields=["archived_at", "archived_by", "version", "updated_at"])
    tell_settings("pipeline.archived", pipeline, by)


KINDS = (
    errands.Kind(leaving.DELETE, "pipelines.manage", delete_on),
    errands.Kind(leaving.ARCHIVE, "pipelines.manage", archive_on),
)
