"""The factors and steps of the model."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.credit import access
from fairlead.credit.actions import model
from fairlead.credit.models import CreditFactor, CreditStep
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output
from fairlead.tenancy.public import one

SORTS = {"position": "position"}


class FactorInput(Input):
    """A factor."""

    name = serializers.CharField(max_length=model.NAME_LENGTH)
    explanation = serializers.CharField(max_length=model.TEXT_LENGTH, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=model.UNIT_LENGTH, required=False, allow_blank=True)
    weight = serializers.IntegerField(
        required=False, min_value=0, max_value=model.WEIGHT, help_text="Its share beside the other weights."
    )
    worst = serializers.FloatField(required=False, help_text="The number at which it earns nothing.")
    best = serializers.FloatField(required=False, help_text="The number at which it earns all.")
    usual = serializers.FloatField(required=False, help_text="Assumed of a client of whom nothing is known.")


class FactorOutput(Output):
    """Something that a score depends on."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    explanation = serializers.CharField()
    unit = serializers.CharField()
    weight = serializers.IntegerField()
    worst = serializers.FloatField()
    best = serializers.FloatField()
    usual = serializers.FloatField()
    position = serializers.IntegerField()


class CreditStepInput(Input):
    """Something that clients may do."""

    name = serializers.CharField(max_length=model.NAME_LENGTH)
    explanation = serializers.CharField(max_length=model.TEXT_LENGTH, required=False, allow_blank=True)
    factor = serializers.UUIDField(help_text="The factor that it changes.")
    kind = serializers.ChoiceField(choices=CreditStep.Kind.choices, required=False)
    amount = serializers.FloatField(required=False)


class CreditStepOutput(Output):
    """Something that clients may do, and what it makes of one factor."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    explanation = serializers.CharField()
    factor = serializers.UUIDField(source="factor_id")
    kind = serializers.CharField(help_text="set: the number becomes `amount`. add: it changes by it.")
    amount = serializers.FloatField()
    position = serializers.IntegerField()


class CreditFactors(Resource):
    """What a credit score depends on, by the firm's own model."""

    tag = "Credit"

    @endpoint(FactorOutput, paged=True, sorts=SORTS, default_sort="position")
    def list(self) -> QuerySet[CreditFactor]:
        """List credit factors."""
        return access.factors(self.actor)

    @endpoint(FactorOutput)
    def retrieve(self, pk: UUID) -> CreditFactor:
        """Read a credit factor."""
        found: CreditFactor = one(access.factors(self.actor), pk)
        return found

    @endpoint(FactorOutput, body=FactorInput, status=201)
    def create(self, body: dict[str, Any]) -> CreditFactor:
        """Create a credit factor."""
        return model.save_factor(body, by=self.actor)

    @endpoint(FactorOutput, body=FactorInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> CreditFactor:
        """Change a credit factor."""
        return model.save_factor(body, by=self.actor, factor_id=pk)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a credit factor.

        The steps that change it go with it.
        """
        model.delete_factor(pk, by=self.actor)


class CreditSteps(Resource):
    """What clients may do for their credit score."""

    tag = "Credit"

    @endpoint(CreditStepOutput, paged=True, sorts=SORTS, default_sort="position")
    def list(self) -> QuerySet[CreditStep]:
        """List credit steps."""
        return access.steps(self.actor)

    @endpoint(CreditStepOutput)
    def retrieve(self, pk: UUID) -> CreditStep:
        """Read a credit step."""
        found: CreditStep = one(access.steps(self.actor), pk)
        return found

    @endpoint(CreditStepOutput, body=CreditStepInput, status=201)
    def create(self, body: dict[str, Any]) -> CreditStep:
        """Create a credit step."""
        return model.save_step(body, by=self.actor)

    @endpoint(CreditStepOutput, body=CreditStepInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> CreditStep:
        """Change a credit step."""
        return model.save_step(body, by=self.actor, step_id=pk)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a credit step."""
        model.delete_step(pk, by=self.actor)
