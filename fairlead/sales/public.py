"""What higher rooms may use of sales."""

from fairlead.sales import access
from fairlead.sales.actions.deals import create_deal
from fairlead.sales.models import Deal

__all__ = ["Deal", "access", "create_deal"]
