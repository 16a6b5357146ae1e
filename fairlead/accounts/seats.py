"""Seats: how many people may work in a firm, and how many do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from fairlead.accounts.models import Invitation, Membership
from fairlead.kernel import clock
from fairlead.kernel.errors import Conflict
from fairlead.kernel.text import counted
from fairlead.tenancy.public import Firm

IDLE_DAYS = 30  # a seat of who was not seen for so long may be worth reclaiming


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of a firm; `limit` is None when there is none. An open invitation holds a seat.

    `idle` of the `members` were not seen for `IDLE_DAYS` days.
    """

    limit: int | None
    members: int
    invited: int
    idle: int

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
    members = Membership.rows().filter(deactivated_at=None)
    invited = Invitation.rows().filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now()).count()
    return Seats(firm.seats, members.count(), invited, idle(members).count())


def idle(members: QuerySet[Membership], since: datetime | None = None) -> QuerySet[Membership]:
    """Narrow to who was not seen at work `since`, by default for `IDLE_DAYS` days, nor has joined since then."""
    moment = since or clock.now() - timedelta(days=IDLE_DAYS)
    return members.annotate(seen=Coalesce("last_seen_at", "created_at")).filter(seen__lt=moment)


def require_free(firm: Firm) -> None:
    """Raise `Conflict` unless a seat is free. `firm` must be locked, so that nobody else takes the last one."""
    seats = of_firm(firm)
    if seats.limit is not None and seats.used >= seats.limit:
        invited = f" and {seats.invited} invited" if seats.invited else ""
        taken = "The only seat is taken" if seats.limit == 1 else f"All {seats.limit} seats are taken"
        raise Conflict(
            f"{taken} ({counted(seats.members, 'member')}{invited})."
            " Deactivate a member, take back an invitation, or raise the limit in the firm settings.",
            code="no_free_seat",
        )
