"""The firm: the one thing that every other record belongs to."""

from fairlead.tenancy.models.firm import Firm, Visibility

__all__ = ["Firm", "Visibility"]
