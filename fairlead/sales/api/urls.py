"""The addresses of the sales room under /api/v1/."""

from django.urls import URLPattern

from fairlead.sales.api.deals import Deals
from fairlead.sales.api.figures import PipelineFigures
from fairlead.sales.api.links import DealCompanies, DealContacts, DealStays
from fairlead.sales.api.lists import CurrencyConditions, CurrencyRates, Products, Reasons, ScoreRules
from fairlead.sales.api.pipelines import Pipelines, PipelineStages, Stages
from fairlead.sales.api.timeline import DealPins, DealTimeline
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("deals", Deals),
    *routes("deals/<uuid:deal>/contacts", DealContacts),
    *routes("deals/<uuid:deal>/companies", DealCompanies),
    *routes("deals/<uuid:deal>/stays", DealStays),
    *routes("deals/<uuid:record>/timeline", DealTimeline),
    *routes("deals/<uuid:record>/pins", DealPins),
    *routes("pipelines", Pipelines),
    *routes("pipelines", PipelineFigures),
    *routes("pipelines/<uuid:pipeline>/stages", PipelineStages),
    *routes("stages", Stages),
    *routes("products", Products),
    *routes("currency-rates", CurrencyRates),
    *routes("currency-conditions", CurrencyConditions),
    *routes("reasons", Reasons),
    *routes("score-rules", ScoreRules),
]
