"""The firm, who calls, seats, rights, and the audit."""

from typing import Any

from django.db.models import QuerySet

from fairlead.accounts import access, audit, seats
from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.api import shapes
from fairlead.accounts.api.audit_shapes import AuditOutput
from fairlead.events.public import Event
from fairlead.kernel.errors import NotFound
from fairlead.shell.api.endpoints import endpoint
from fairlead.shell.api.paging import Page
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.tenancy.public import Firm, declared


class FirmSettings(Resource):
    """The firm's settings."""

    tag = "Firm"

    @endpoint(shapes.FirmOutput)
    def retrieve(self) -> Firm:
        """Get the firm."""
        firm: Firm = self.firm
        return firm

    @endpoint(shapes.FirmOutput, body=shapes.FirmInput)
    def partial_update(self, body: dict[str, Any]) -> Firm:
        """Change the firm's settings."""
        return update_firm(body, by=self.actor)


class Me(Resource):
    """Who the key acts for."""

    tag = "Firm"

    @endpoint(shapes.MeOutput)
    def retrieve(self) -> Any:
        """Get who calls, in which firm, with which rights."""
        actor = self.actor
        if actor.membership_id is None:
            raise NotFound
        member = access.own(actor)
        member.firm = self.firm
        member.permissions = sorted(actor.permissions)  # type: ignore[attr-defined]
        return member


class FirmSeats(Resource):
    """The seats."""

    tag = "Firm"

    @endpoint(shapes.SeatsOutput)
    def retrieve(self) -> seats.Seats:
        """Get how many seats there are and how many are in use."""
        self.actor.require("members.view")
        return seats.of_firm(self.firm)


class Permissions(Resource):
    """The rights that roles and keys are made of."""

    tag = "Roles"

    @endpoint(shapes.PermissionOutput, paged=True)
    def list(self) -> Page:
        """List every right; there is only one page."""
        return Page(declared())


class Audit(Resource):
    """The audit."""

    tag = "Audit"

    @endpoint(
        AuditOutput,
        paged=True,
        sorts={"recorded_at": "recorded_at"},
        default_sort="-recorded_at",
        params=(
            Param("actor", "Only what this member did.", "uuid"),
            Param("type", "Only events of this type, such as `member.invited`."),
            Param("noun", "Only events about this kind of thing."),
            Param("ip", "Only events from this address."),
            Param("since", "From this day on, in the firm's time zone.", "date"),
            Param("until", "Up to and with this day.", "date"),
            Param("sensitive", "Only the security audit.", "boolean", default=False),
        ),
    )
    def list(self) -> QuerySet[Event]:
        """List who did what, when and from where."""
        asked: dict[str, Any] = {n: self.query[n] for n in ("actor", "since", "until", "sensitive")}
        asked |= {n: self.query[n] or "" for n in ("type", "noun", "ip")}
        return audit.events(audit.AuditFilter(**asked), by=self.actor, firm=self.firm)
