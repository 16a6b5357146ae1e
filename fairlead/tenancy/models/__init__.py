"""The firm: the one thing that every other record belongs to. And what holds for the whole installation."""

from fairlead.tenancy.models.firm import Firm, Visibility, firm_today, slug_validator
from fairlead.tenancy.models.muting import Muting

__all__ = ["Firm", "Muting", "Visibility", "firm_today", "slug_validator"]
