"""Who acts: every action takes an `Actor`, every event names one."""

from dataclasses import dataclass, replace
from typing import Literal, Self
from uuid import UUID

from fairlead.kernel.errors import Forbidden
from fairlead.tenancy import permissions

Kind = Literal["member", "key", "application", "system"]
Via = Literal["web", "api", "cli", "job", "import", "system"]
# A program may do what its scopes and its member's role allow, both: either may be what is missing.
_WHO = {"key": "This key, or the role behind it,", "application": "This application, or the role behind it,"}


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller inside one firm: a member, a program on behalf of a member, or the system itself.

    A program is an API key, or an application that the member connected; `key_id` is the key or the connection.
    `visible_owners` is None when every record may be seen, else the memberships whose records may be seen.
    """

    kind: Kind
    firm_id: UUID
    label: str
    permissions: frozenset[str]
    membership_id: UUID | None = None
    user_id: UUID | None = None
    key_id: UUID | None = None
    role: str = ""
    visible_owners: frozenset[UUID] | None = None
    via: Via = "system"
    ip: str | None = None
    user_agent: str = ""

    def can(self, permission: str) -> bool:
        """Tell whether the actor holds `permission`; an undeclared name raises `UnknownPermission`."""
        return permissions.known(permission).name in self.permissions

    def require(self, permission: str) -> None:
        """Raise `Forbidden` unless the actor holds `permission`."""
        if not self.can(permission):
            who = _WHO.get(self.kind, "Your role")
            raise Forbidden(f"{who} does not allow this: {permissions.known(permission).phrase}.")

    def through(self, via: Via) -> Self:
        """Return the same actor, acting through another door."""
        return replace(self, via=via)


def system_actor(firm_id: UUID, label: str = "Fairlead", *, via: Via = "system") -> Actor:
    """Return the actor for what Fairlead does by itself; it holds every declared permission."""
    everything = frozenset(p.name for p in permissions.declared())
    return Actor(kind="system", firm_id=firm_id, label=label, permissions=everything, role="system", via=via)
