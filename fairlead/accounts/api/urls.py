"""The addresses of the accounts room under /api/v1/."""

from django.urls import URLPattern

from fairlead.accounts.api.errands import Errands
from fairlead.accounts.api.firm import Audit, FirmSeats, FirmSettings, Me, Permissions
from fairlead.accounts.api.keys import Keys
from fairlead.accounts.api.members import Invitations, Members
from fairlead.accounts.api.profile import Photo, Profile
from fairlead.accounts.api.set_aside import SetAsides
from fairlead.accounts.api.teams import Roles, Teams
from fairlead.shell.api.routing import routes, single

urlpatterns: list[URLPattern] = [
    *single("me", Me),
    *single("profile", Profile),
    *single("profile/photo", Photo),
    *single("firm", FirmSettings),
    *single("firm/seats", FirmSeats),
    *routes("members", Members),
    *routes("invitations", Invitations),
    *routes("teams", Teams),
    *routes("roles", Roles),
    *routes("permissions", Permissions),
    *routes("keys", Keys),
    *routes("audit", Audit),
    *routes("errands", Errands),
    *routes("events-set-aside", SetAsides),
]
