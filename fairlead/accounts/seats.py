"""Seats: how many people may work in a firm, and how many do."""

from dataclasses import dataclass

from fairlead.accounts.models import Invitation, Membership
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict
from fairlead.tenancy.public import Firm


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a firm; `limit` is None when there is none. An open invitation holds a seat."""

    limit: int | None
    members: int
    invited: int

    @property
    def used(self) -> int:
        """Return the seats taken."""
        return self.members + self.invited

    @property
    def free(self) -> int | None:
        """Return the seats left, None when there is no limit."""
        return None if self.limit is None else max(self.limit - self.used, 0)

    @property
    def percent(self) -> int | None:
        """Return the share in use, in percent, None when there is no limit."""
        return None if self.limit is None else round(100 * self.used / self.limit)


def of_firm(firm: Firm) -> Seats:
    """Return the seats of the firm in context."""
    members = Membership.rows().filter(deactivated_at=None).count()
    invited = Invitation.rows().filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now()).count()
    return Seats(firm.seats, members, invited)


def require_free(firm: Firm) -> None:
    """Raise `Conflict` unless a seat is free. `firm` must be locked, so that nobody else takes the last one."""
    seats = of_firm(firm)
    if seats.limit is not None and seats.used >= seats.limit:
        invited = f" and {seats.invited} invited" if seats.invited else ""
        raise Conflict(
            f"All {seats.limit} seats are taken ({seats.members} members{invited})."
            " Free a seat by deactivating a member or revoking an invitation, or raise the limit in the firm settings.",
            code="no_free_seat",
        )
