"""What higher rooms may use of accounts."""

from fairlead.accounts import audit_names, credentials, errands, firm_changes, founding, handover, rotation
from fairlead.accounts.actions.factors import reset_by_operator
from fairlead.accounts.actions.firms import suggest_slug
from fairlead.accounts.actions.keys import create_key
from fairlead.accounts.actions.loginlinks import create_login_link
from fairlead.accounts.actors import actor_again, actor_by_id, actor_for, actors_by_id, narrowed, program_of
from fairlead.accounts.admission import SEEN_EVERY, FirmRequest, firm_by_slug, hash_secret
from fairlead.accounts.choices import member_choices
from fairlead.accounts.commands import create_api_key, create_firm
from fairlead.accounts.grants import require_no_scopes
from fairlead.accounts.models import Errand, Membership, Team, TeamMembership, User
from fairlead.accounts.photos import photo_url
from fairlead.accounts.reading import as_read_by
from fairlead.accounts.removal import remove_login
from fairlead.accounts.security import firms_of

__all__ = [
    "SEEN_EVERY",
    "Errand",
    "FirmRequest",
    "Membership",
    "Team",
    "TeamMembership",
    "User",
    "actor_again",
    "actor_by_id",
    "actor_for",
    "actors_by_id",
    "as_read_by",
    "audit_names",
    "create_api_key",
    "create_firm",
    "create_key",
    "create_login_link",
    "credentials",
    "errands",
    "firm_by_slug",
    "firm_changes",
    "firms_of",
    "founding",
    "handover",
    "hash_secret",
    "member_choices",
    "narrowed",
    "photo_url",
    "program_of",
    "remove_login",
    "require_no_scopes",
    "reset_by_operator",
    "rotation",
    "suggest_slug",
]
