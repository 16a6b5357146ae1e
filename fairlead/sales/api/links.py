"""Taking people and companies off deals, and the history of a deal."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.sales import access
from fairlead.sales.actions import associations
from fairlead.sales.models import StageStay
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output


class DealContacts(Resource):
    """The people of a deal."""

    tag = "Deals"

    @endpoint()
    def destroy(self, deal: UUID, pk: UUID) -> None:
        """Take a person off a deal."""
        associations.remove_contact(deal, pk, by=self.actor)


class DealCompanies(Resource):
    """The companies of a deal."""

    tag = "Deals"

    @endpoint()
    def destroy(self, deal: UUID, pk: UUID) -> None:
        """Take a company off a deal."""
        associations.remove_company(deal, pk, by=self.actor)


class StayOutput(Output):
    """A stay of a deal in a stage."""

    id = serializers.UUIDField()
    pipeline = serializers.UUIDField(source="pipeline_id")
    stage = serializers.UUIDField(source="stage_id")
    from_stage = serializers.UUIDField(source="from_stage_id", allow_null=True)
    entered_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)
    exit = serializers.CharField(help_text="forward, backward, won, lost, elsewhere, reopened; empty while it lasts.")
    visit = serializers.IntegerField(help_text="Which time the deal was in this stage.")
    is_regression = serializers.BooleanField()
    moved_by = serializers.CharField(source="moved_by_label")


class DealStays(Resource):
    """How a deal went through its stages."""

    tag = "Deals"

    @endpoint(StayOutput, paged=True, sorts={"entered_at": "entered_at"}, default_sort="entered_at")
    def list(self, deal: UUID) -> QuerySet[Any]:
        """List the stays of a deal in stages."""
        return StageStay.rows().filter(deal=access.deal(self.actor, deal))
