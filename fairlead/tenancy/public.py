"""What higher rooms may use of tenancy."""

from fairlead.tenancy import advisory, bulk
from fairlead.tenancy.actor import Actor, Kind, Via, system_actor
from fairlead.tenancy.base import FirmForeignKey, FirmModel, FirmQuerySet
from fairlead.tenancy.context import current_firm, firm_context, require_firm
from fairlead.tenancy.models import Firm, Visibility, firm_today, slug_validator
from fairlead.tenancy.muting import is_muted, mute, unmute
from fairlead.tenancy.permissions import Permission, Role, UnknownPermission, checked, declare, declared, known, of_role
from fairlead.tenancy.removal import remove_firm
from fairlead.tenancy.rows import Lock, one, only

__all__ = [
    "Actor",
    "Firm",
    "FirmForeignKey",
    "FirmModel",
    "FirmQuerySet",
    "Kind",
    "Lock",
    "Permission",
    "Role",
    "UnknownPermission",
    "Via",
    "Visibility",
    "advisory",
    "bulk",
    "checked",
    "current_firm",
    "declare",
    "declared",
    "firm_context",
    "firm_today",
    "is_muted",
    "known",
    "mute",
    "of_role",
    "one",
    "only",
    "remove_firm",
    "require_firm",
    "slug_validator",
    "system_actor",
    "unmute",
]
