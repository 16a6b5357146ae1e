"""Pipelines, deals, products, and the history of what became of deals."""

from fairlead.sales.models.deal import Deal, DealCompany, DealContact, Outcome, Priority
from fairlead.sales.models.forecast import ForecastEntry
from fairlead.sales.models.history import CloseDateChange, StageStay
from fairlead.sales.models.outcome import End, Loss, Reason, Reopening, Win
from fairlead.sales.models.pipeline import Kind, Pipeline, PipelineTeam, Stage
from fairlead.sales.models.product import LineItem, Product
from fairlead.sales.models.rate import CurrencyChange, CurrencyRate
from fairlead.sales.models.scoring import SalesSettings, ScoreRule
from fairlead.sales.models.tally import StayTally

__all__ = [
    "CloseDateChange",
    "CurrencyChange",
    "CurrencyRate",
    "Deal",
    "DealCompany",
    "DealContact",
    "End",
    "ForecastEntry",
    "Kind",
    "LineItem",
    "Loss",
    "Outcome",
    "Pipeline",
    "PipelineTeam",
    "Priority",
    "Product",
    "Reason",
    "Reopening",
    "SalesSettings",
    "ScoreRule",
    "Stage",
    "StageStay",
    "StayTally",
    "Win",
]
