"""How much happened between a contact and the firm: the figures of the card on the contact's page."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.people import access, engagement
from fairlead.records.api.public import Reading
from fairlead.shell.api.strict import Output


class MeasureOutput(Output):
    """A kind of engagement."""

    key = serializers.CharField(help_text="calls, emails, meetings, notes …")
    label = serializers.CharField()  # type: ignore[assignment]
    last_30_days = serializers.IntegerField()
    last_12_months = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True, help_text="Empty when there was none in twelve months.")


class MonthOutput(Output):
    """All kinds together in a month."""

    month = serializers.CharField(help_text="YYYY-MM, where you are.")
    count = serializers.IntegerField()


class EngagementOutput(Output):
    """A contact's engagement."""

    kinds = MeasureOutput(many=True)
    months = MonthOutput(many=True, help_text="The last twelve, the earliest first; this one is the last.")
    total = serializers.IntegerField(help_text="In these twelve months.")
    stage_since = serializers.DateTimeField(allow_null=True, help_text="When the lifecycle stage last changed.")


class EngagementVerbs(Reading):
    """Mixed into contacts."""

    def engagement(self, pk: UUID) -> dict[str, Any]:
        """Count what happened with a contact, by kind and by month."""
        found = engagement.of(access.contact(self.actor, pk))
        kinds = [
            {"key": c.measure.key, "label": c.measure.label, "last_30_days": c.recent, "last_12_months": c.year,
             "last_at": c.last}
            for c in found.counted
        ]  # fmt: skip
        months = [{"month": f"{month:%Y-%m}", "count": count} for month, count in found.months]
        shown = {"kinds": kinds, "months": months, "total": found.year, "stage_since": found.stage_since}
        return dict(EngagementOutput(shown).data)
