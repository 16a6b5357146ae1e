"""The addresses of the credit room under /api/v1/."""

from django.urls import URLPattern

from fairlead.credit.api.estimates import CreditEstimates
from fairlead.credit.api.model import CreditFactors, CreditSteps
from fairlead.shell.api.routing import routes

urlpatterns: list[URLPattern] = [
    *routes("credit-factors", CreditFactors),
    *routes("credit-steps", CreditSteps),
    *routes("contacts/<uuid:contact>/credit-estimates", CreditEstimates),
]
