"""Estimates of a client's score."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.credit import access
from fairlead.credit.actions import estimates
from fairlead.credit.models import CreditEstimate
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output


class EstimateInput(Input):
    """What the client would do, and where the client stands; what is left out is as it was known before, or usual."""

    steps = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=50, help_text="Ids.")
    values = serializers.DictField(
        child=serializers.FloatField(), required=False, help_text="Id of a factor to its number."
    )
    known_score = serializers.IntegerField(required=False, allow_null=True, help_text="What a bureau says.")


class EstimateLineOutput(Output):
    """A factor of an estimate."""

    factor = serializers.CharField()
    unit = serializers.CharField()
    weight = serializers.IntegerField()
    before = serializers.FloatField()
    after = serializers.FloatField()
    points_before = serializers.FloatField()
    points_after = serializers.FloatField()


class EstimateOutput(Output):
    """An estimate by the firm's own model: no bureau's score."""

    id = serializers.UUIDField()
    contact = serializers.UUIDField(source="contact_id")
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    steps = serializers.ListField(child=serializers.CharField(), help_text="What the client would do.")
    lines = EstimateLineOutput(many=True)
    created_at = serializers.DateTimeField()


class CreditEstimates(Resource):
    """What-if estimates of a client's credit score."""

    tag = "Credit"

    @endpoint(EstimateOutput, paged=True, sorts={"created_at": "created_at"}, default_sort="-created_at")
    def list(self, contact: UUID) -> QuerySet[Any]:
        """List the estimates that were kept for a contact."""
        return access.estimates(self.actor, contact)

    @endpoint(EstimateOutput, body=EstimateInput, status=201)
    def create(self, contact: UUID, body: dict[str, Any]) -> CreditEstimate:
        """Estimate a score and keep the estimate.

        It is a what-if by the factors and weights of your firm; bureaus count in their own way.
        """
        known = body.get("known_score", ...)
        return estimates.keep_estimate(contact, body.get("values", {}), body.get("steps", ()), known, by=self.actor)
