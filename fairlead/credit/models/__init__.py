"""The model of a credit score, and what was estimated with it."""

from fairlead.credit.models.estimate import CreditEstimate, CreditProfile
from fairlead.credit.models.model import CreditFactor, CreditScale, CreditStep

__all__ = ["CreditEstimate", "CreditFactor", "CreditProfile", "CreditScale", "CreditStep"]
