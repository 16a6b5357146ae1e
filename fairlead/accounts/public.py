"""What higher rooms may use of accounts."""

from fairlead.accounts.actors import actor_by_id, actor_for
from fairlead.accounts.admission import FirmRequest
from fairlead.accounts.models import Membership, Team, User

__all__ = ["FirmRequest", "Membership", "Team", "User", "actor_by_id", "actor_for"]
