"""People who log in, and what they may do in which firm."""

from fairlead.accounts.models.apikey import ApiKey
from fairlead.accounts.models.errand import Errand
from fairlead.accounts.models.invitation import Invitation
from fairlead.accounts.models.loginlink import LoginLink
from fairlead.accounts.models.membership import Membership
from fairlead.accounts.models.role import CustomRole
from fairlead.accounts.models.team import Team, TeamMembership
from fairlead.accounts.models.user import User

__all__ = [
    "ApiKey",
    "CustomRole",
    "Errand",
    "Invitation",
    "LoginLink",
    "Membership",
    "Team",
    "TeamMembership",
    "User",
]
