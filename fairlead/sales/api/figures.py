"""Forecast and analytics, each figure with the deals behind it."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.sales import access, currencies
from fairlead.sales.actions import currency_changes
from fairlead.sales.analytics import behind, forecast, measures, report, worth
from fairlead.sales.analytics.scope import DEFAULT, PERIODS, Scope, scope
from fairlead.shell.api.endpoints import verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Output

PERIOD = Param("period", "Which days count.", choices=[p for p in PERIODS if p != "own"], default=DEFAULT)
SINCE = Param("since", "The first day that counts, instead of a period.", "date")
UNTIL = Param("until", "The last day that counts.", "date")
OWNER = Param("owner", "Only what this member owned at the time.", "uuid")
MEASURE = Param("measure", "A key of the analytics: won, lost_why:<reason>, entered:<stage> …", example="won")
PAGE = Param("page", "Which page of the list.", "integer", default=1, minimum=1, maximum=10_000)
MONTH = Param("month", "2026-12, overdue, later or undated.", example="2026-12")
KIND = Param("kind", "Which figure.", choices=list(forecast.KINDS), default="open")


class FigureOutput(Output):
    """A figure: how many, and what they come to."""

    count = serializers.IntegerField()
    amount = serializers.IntegerField(help_text="Minor units of the firm's currency, seconds or days.")


class StageFiguresOutput(Output):
    """A stage in the funnel."""

    stage = serializers.UUIDField(source="stage.pk")
    name = serializers.CharField(source="stage.name")
    entered = FigureOutput()
    advanced = serializers.IntegerField()
    conversion = serializers.FloatField(allow_null=True, help_text="0 to 1.")
    lost = serializers.IntegerField()
    staying = serializers.IntegerField()
    average_days = serializers.FloatField(allow_null=True)
    regressed_from = serializers.IntegerField()


class UsedRateOutput(Output):
    """A foreign currency of the report, and what it was worth."""

    currency = serializers.CharField()
    lowest = serializers.CharField(allow_null=True, help_text="The lowest rate used, a decimal.")
    highest = serializers.CharField(allow_null=True, help_text="The highest rate used, a decimal.")
    without = serializers.IntegerField(help_text="Deals that have no rate and count as nothing.")


class WorkingOutOutput(Output):
    """The firm's currency was changed: until all rows are worked out, amounts mix the two currencies."""

    before = serializers.CharField()
    after = serializers.CharField()
    done = serializers.IntegerField(help_text="Rows that are worked out.")
    total = serializers.IntegerField()


class AnalyticsOutput(Output):
    """The analytics of a pipeline over a period."""

    currency = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField()
    funnel = StageFiguresOutput(many=True)
    created = FigureOutput()
    won = FigureOutput()
    lost = FigureOutput()
    win_rate = serializers.FloatField(allow_null=True, help_text="0 to 1.")
    average_won = serializers.IntegerField(allow_null=True, help_text="Minor units.")
    cycle_days = serializers.FloatField(allow_null=True)
    velocity = serializers.IntegerField(allow_null=True, help_text="Minor units a day.")
    regressed = serializers.IntegerField()
    slipped = FigureOutput()
    pulled = FigureOutput()
    rates = UsedRateOutput(many=True, help_text="At which rates the amounts are made.")
    working_out = WorkingOutOutput(allow_null=True)


class PartOutput(Output):
    """What one deal adds to a figure."""

    deal = serializers.UUIDField(source="deal_id")
    count = serializers.IntegerField()
    amount = serializers.IntegerField()


class BehindOutput(Output):
    """A figure and a page of the deals behind it."""

    count = serializers.IntegerField()
    amount = serializers.IntegerField()
    unit = serializers.CharField(help_text="money, seconds or days.")
    deals = PartOutput(many=True)


class CellOutput(Output):
    """A figure of the forecast."""

    count = serializers.IntegerField()
    amount = serializers.IntegerField(source="total.amount", help_text="Minor units of the firm's currency.")
    note = serializers.CharField(source="total.note", help_text="Which rates were used, and what has none.")


class ForecastMonthOutput(Output):
    """A month of the forecast."""

    month = serializers.CharField(source="key")
    open = CellOutput(source="cells.open")
    weighted = CellOutput(source="cells.weighted")
    commit = CellOutput(source="cells.commit")
    best_case = CellOutput(source="cells.best_case")
    won = FigureOutput(allow_null=True)


class ForecastOutput(Output):
    """The forecast of a pipeline."""

    currency = serializers.CharField()
    months = ForecastMonthOutput(many=True)
    working_out = WorkingOutOutput(allow_null=True)


class OpenPartOutput(Output):
    """What one open deal adds, in its own currency."""

    deal = serializers.UUIDField(source="deal_id")
    value = serializers.IntegerField(help_text="Minor units.")
    currency = serializers.CharField()
    probability = serializers.IntegerField(help_text="Percent.")


class ForecastDealsOutput(Output):
    """A figure of the forecast and a page of the deals behind it."""

    figure = CellOutput()
    deals = OpenPartOutput(many=True)


class PipelineFigures(Resource):
    """Figures of a pipeline."""

    tag = "Analytics"

    def _scope(self, pipeline: UUID) -> Scope:
        asked = self.query
        return scope(
            self.actor, self.firm, pipeline, period=asked.get("period") or DEFAULT,
            since=asked.get("since"), until=asked.get("until"), owner_id=asked.get("owner"),
        )  # fmt: skip

    @verb("analytics", AnalyticsOutput, method="get", params=(PERIOD, SINCE, UNTIL, OWNER), sparse=False)
    def analytics(self, pk: UUID) -> dict[str, Any]:
        """Read the analytics of a pipeline.

        From the history of stages, wins and losses, never from how things stand now.
        """
        found = report.report(self._scope(pk), access.stages(self.actor, pk))
        home = currencies.home()
        extra = {
            "currency": home,
            "rates": worth.used(found.scope, home),
            "since": found.scope.since,
            "until": found.scope.until,
            "working_out": currency_changes.open_change(),
        }
        names = ("funnel", "created", "win_rate", "average_won", "cycle_days", "velocity", "regressed", "slipped",
                 "pulled")  # fmt: skip
        shown = {name: getattr(found, name) for name in names} | {"won": found.won.total, "lost": found.lost.total}
        return dict(AnalyticsOutput(shown | extra).data)

    @verb("analytics/deals", BehindOutput, method="get", sparse=False,
          params=(MEASURE, PAGE, PERIOD, SINCE, UNTIL, OWNER))  # fmt: skip
    def behind(self, pk: UUID) -> dict[str, Any]:
        """List the deals behind a figure.

        Their amounts come to the figure.
        """
        over, asked = self._scope(pk), measures.asked(self.query["measure"] or "")
        total = behind.figure(over, asked)
        parts = behind.parts(over, asked, page=self.query["page"])
        shown = {"count": total.count, "amount": total.amount, "unit": asked.measure.unit, "deals": parts}
        return dict(BehindOutput(shown).data)

    @verb("forecast", ForecastOutput, method="get", params=(OWNER,), sparse=False)
    def forecast(self, pk: UUID) -> dict[str, Any]:
        """Read the forecast of a pipeline by month of expected close."""
        months = forecast.forecast(self._scope(pk), today=self.firm.today)
        return dict(ForecastOutput({
            "currency": currencies.home(), "months": months, "working_out": currency_changes.open_change(),
        }).data)  # fmt: skip

    @verb("forecast/deals", ForecastDealsOutput, method="get", params=(MONTH, KIND, PAGE, OWNER), sparse=False)
    def forecast_deals(self, pk: UUID) -> dict[str, Any]:
        """List the deals behind a figure of the forecast."""
        cell, parts = forecast.open_behind(
            self._scope(pk), self.query["month"] or "", self.query["kind"], today=self.firm.today,
            page=self.query["page"],
        )  # fmt: skip
        return dict(ForecastDealsOutput({"figure": cell, "deals": parts}).data)
