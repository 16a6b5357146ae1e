"""What higher rooms may use of accounts."""

from fairlead.accounts import founding, handover
from fairlead.accounts.actions.firms import suggest_slug
from fairlead.accounts.actions.keys import create_key
from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.actors import actor_by_id, actor_for
from fairlead.accounts.admission import FirmRequest, firm_by_slug
from fairlead.accounts.commands import create_api_key, create_firm
from fairlead.accounts.models import Membership, Team, TeamMembership, User
from fairlead.accounts.photos import photo_url
from fairlead.accounts.removal import remove_login
from fairlead.accounts.security import firms_of

__all__ = [
    "FirmRequest",
    "Membership",
    "Team",
    "TeamMembership",
    "User",
    "actor_by_id",
    "actor_for",
    "create_api_key",
    "create_firm",
    "create_key",
    "create_login_link",
    "firm_by_slug",
    "firms_of",
    "founding",
    "handover",
    "photo_url",
    "remove_login",
    "suggest_slug",
]
