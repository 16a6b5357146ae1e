"""How a deal stands: its score and its health, each with its reasons."""

from typing import Any

from rest_framework import serializers

from fairlead.sales.health import health, score_reasons
from fairlead.sales.models import Deal
from fairlead.shell.api.strict import Output
from fairlead.tenancy.public import Actor


class ScoreReasonOutput(Output):
    """A rule of the firm that the deal meets."""

    name = serializers.CharField()
    points = serializers.IntegerField()


class HealthOutput(Output):
    """How an open deal does."""

    level = serializers.ChoiceField(choices=("good", "attention", "risk"))
    reasons = serializers.ListField(child=serializers.CharField(), help_text="What keeps it from being good.")


class DealStandingOutput(Output):
    """How a deal stands, and why."""

    score = serializers.IntegerField(help_text="As it was worked out last.")
    score_reasons = ScoreReasonOutput(many=True, help_text="The rules that it meets at this moment.")
    health = HealthOutput(allow_null=True, help_text="Nothing for a closed deal.")


def standing(deal: Deal, by: Actor) -> dict[str, Any]:
    """Return how a deal stands, as `DealStandingOutput` tells it."""
    found = {"score": deal.score, "score_reasons": score_reasons(deal), "health": health(deal, by)}
    return dict(DealStandingOutput(found).data)
