"""What higher rooms may use of sales."""

from fairlead.sales import access
from fairlead.sales.actions.deals import create_deal
from fairlead.sales.actions.moving import move_deal
from fairlead.sales.actions.outcomes import lose_deal, win_deal
from fairlead.sales.actions.pipelines import create_pipeline
from fairlead.sales.models import Deal

__all__ = ["Deal", "access", "create_deal", "create_pipeline", "lose_deal", "move_deal", "win_deal"]
