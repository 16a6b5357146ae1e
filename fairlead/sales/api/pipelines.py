"""Pipelines and their stages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.accounts.public import errands
from fairlead.sales import access, leaving
from fairlead.sales.actions import pipelines, stage_ends, stages
from fairlead.sales.blueprints import blueprints
from fairlead.sales.models import Kind, Pipeline, Stage
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output
from fairlead.shell.marks import COLORS
from fairlead.tenancy.public import Role, one

ROLE = f"The lowest role: {', '.join(role.key for role in Role)}."
KINDS = f"What it is for: {', '.join(Kind.values)}."
KIND = Param("kind", "Only pipelines of this kind.", choices=Kind.values)
ARCHIVED = Param("archived", "List archived pipelines instead.", "boolean", default=False)


class StageOutput(Output):
    """A stage."""

    by_itself = frozenset({"errand"})

    id = serializers.UUIDField()
    pipeline = serializers.UUIDField(source="pipeline_id")
    name = serializers.CharField()
    position = serializers.IntegerField()
    color = serializers.CharField()
    kind = serializers.CharField(help_text="open, won or lost.")
    probability = serializers.IntegerField(help_text="Percent.")
    forecast = serializers.CharField(help_text="pipeline, best_case, commit or omit.")
    rotting_days = serializers.IntegerField(allow_null=True)
    shift_close_days = serializers.IntegerField(allow_null=True)
    required_fields = serializers.ListField(child=serializers.CharField())
    errand = serializers.SerializerMethodField(
        help_text="The errand that moves its deals to another stage, while it is being deleted."
    )

    def get_errand(self, stage: Stage) -> UUID | None:
        """Return its id; a stage that was just made has none."""
        return getattr(stage, "errand", None)


class PipelineOutput(Output):
    """A pipeline."""

    by_itself = frozenset({"errand"})

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField(help_text=KINDS)
    position = serializers.IntegerField()
    item_label = serializers.CharField()
    won_label = serializers.CharField()
    lost_label = serializers.CharField()
    visible_from = serializers.CharField(help_text="The lowest role that sees it.")
    editable_from = serializers.CharField(help_text="The lowest role that may change its deals.")
    archived_at = serializers.DateTimeField(allow_null=True)
    errand = serializers.SerializerMethodField(
        help_text="The errand that moves its deals to another pipeline, while it is being archived."
    )

    def get_errand(self, pipeline: Pipeline) -> UUID | None:
        """Return its id; a pipeline that was just made has none."""
        return getattr(pipeline, "errand", None)


class PipelineInput(Input):
    """A pipeline to make."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=pipelines.NAME_LENGTH)
    template = serializers.ChoiceField(choices=[b.key for b in blueprints()], required=False)


class PipelineChange(Input):
    """What to change of a pipeline."""

    name = serializers.CharField(max_length=pipelines.NAME_LENGTH)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False, help_text="What it is for.")
    item_label = serializers.CharField(required=False, max_length=pipelines.LABEL_LENGTH)
    won_label = serializers.CharField(required=False, max_length=pipelines.LABEL_LENGTH)
    lost_label = serializers.CharField(required=False, max_length=pipelines.LABEL_LENGTH)
    visible_from = serializers.CharField(max_length=20, required=False, help_text=ROLE)
    editable_from = serializers.CharField(max_length=20, required=False, help_text=ROLE)
    teams = serializers.ListField(child=serializers.UUIDField(), required=False, help_text="Only these teams see it.")


class ArchivingInput(Input):
    """Where open deals go."""

    move_to = serializers.UUIDField(required=False, allow_null=True, help_text="Id of an open stage.")


class StageOrderInput(Input):
    """An order."""

    ids = serializers.ListField(child=serializers.UUIDField(), max_length=200)


class StageInput(Input):
    """A stage."""

    name = serializers.CharField(max_length=stages.NAME_LENGTH)
    color = serializers.ChoiceField(choices=list(COLORS), required=False)
    probability = serializers.IntegerField(min_value=0, max_value=100, required=False)
    forecast = serializers.ChoiceField(choices=Stage.Forecast.choices, required=False)
    rotting_days = serializers.IntegerField(min_value=1, max_value=3_650, required=False, allow_null=True)
    shift_close_days = serializers.IntegerField(min_value=-3_650, max_value=3_650, required=False, allow_null=True)
    required_fields = serializers.ListField(child=serializers.CharField(max_length=80), required=False, max_length=50)


class Pipelines(Resource):
    """Processes that deals go through."""

    tag = "Pipelines"

    @endpoint(PipelineOutput, paged=True, sorts={"position": "position", "name": "name_norm"},
              default_sort="position", params=(ARCHIVED, KIND))  # fmt: skip
    def list(self) -> QuerySet[Pipeline]:
        """List pipelines."""
        found = access.pipelines(self.actor, archived=self.query["archived"], kind=self.query["kind"] or "")
        return errands.annotated(found, leaving.ARCHIVE)

    @endpoint(PipelineOutput)
    def retrieve(self, pk: UUID) -> Pipeline:
        """Read one pipeline."""
        return self.shown(pk)

    def shown(self, pk: UUID) -> Pipeline:
        """Return a pipeline with what empties it."""
        return one(errands.annotated(access.every_pipeline(self.actor), leaving.ARCHIVE), pk)

    @endpoint(PipelineOutput, body=PipelineInput, status=201, example={"template": "sales", "name": "New business"})
    def create(self, body: dict[str, Any]) -> Pipeline:
        """Make a pipeline from a ready one."""
        return pipelines.create_pipeline(body.get("template", "generic"), name=body.get("name", ""), by=self.actor)

    @endpoint(PipelineOutput, body=PipelineChange)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Pipeline:
        """Change a pipeline."""
        pipelines.update_pipeline(pk, body, by=self.actor)
        return self.shown(pk)

    @verb("archivings", PipelineOutput, body=ArchivingInput)
    def archive(self, pk: UUID, body: dict[str, Any]) -> Pipeline:
        """Take a pipeline out of use.

        Its open deals move to `move_to`; without it, 409 when there are any. More than 1,000 move in the background:
        until the last one has moved, the pipeline is in use and names its `errand`.
        """
        stage_ends.archive_pipeline(pk, move_to=body.get("move_to"), by=self.actor)
        return self.shown(pk)

    @verb("restorings", PipelineOutput)
    def restore(self, pk: UUID) -> Pipeline:
        """Take an archived pipeline into use again."""
        pipelines.restore_pipeline(pk, by=self.actor)
        return self.shown(pk)

    @verb("order", body=StageOrderInput, method="put", of="collection")
    def reorder(self, body: dict[str, Any]) -> None:
        """Put the pipelines into an order."""
        pipelines.order_pipelines(body["ids"], by=self.actor)

    @verb("stage-order", body=StageOrderInput, method="put")
    def reorder_stages(self, pk: UUID, body: dict[str, Any]) -> None:
        """Put the open stages into an order; all of them must be named."""
        stages.order_stages(pk, body["ids"], by=self.actor)


class PipelineStages(Resource):
    """The stages of a pipeline."""

    tag = "Pipelines"

    @endpoint(StageOutput, paged=True, sorts={"position": "position"}, default_sort="position")
    def list(self, pipeline: UUID) -> QuerySet[Stage]:
        """List the stages of a pipeline."""
        access.pipeline(self.actor, pipeline)
        return errands.annotated(Stage.rows().filter(pipeline=pipeline, archived_at=None), leaving.DELETE)

    @endpoint(StageOutput, body=StageInput, status=201)
    def create(self, pipeline: UUID, body: dict[str, Any]) -> Stage:
        """Add a stage at the end."""
        return stages.add_stage(pipeline, body, by=self.actor)


class Stages(Resource):
    """Steps of pipelines."""

    tag = "Pipelines"

    @endpoint(StageOutput)
    def retrieve(self, pk: UUID) -> Stage:
        """Read one stage."""
        return self.shown(pk)

    def shown(self, pk: UUID) -> Stage:
        """Return a stage with what empties it."""
        return one(errands.annotated(access.every_stage(self.actor), leaving.DELETE), pk)

    @endpoint(StageOutput, body=StageInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Stage:
        """Change a stage."""
        stages.update_stage(pk, body, by=self.actor)
        return self.shown(pk)

    @verb("deletions", body=ArchivingInput)
    def delete_moving(self, pk: UUID, body: dict[str, Any]) -> None:
        """Delete a stage.

        Its open deals move to `move_to`; without it, 409 when there are any. More than 1,000 move in the background:
        until the last one has moved, the stage is in use and names its `errand`.
        """
        stage_ends.delete_stage(pk, move_to=body.get("move_to"), by=self.actor)
