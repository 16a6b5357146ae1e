"""Tags and referrals of both records, and the people of a company that went into another."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from fairlead.kernel import clock
from fairlead.kernel.text import counted
from fairlead.people.actions import tagging
from fairlead.people.models import Contact, Referral, Tagging


class Tags:
    """The tags of both; one that both carry is counted once from now on."""

    name = "tags"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand the tags over."""
        has = set(Tagging.rows().filter(record_id=winner_id).values_list("tag_id", flat=True))
        theirs = Tagging.rows().filter(record_id=loser_id)
        moved = [pk for pk, tag in theirs.values_list("pk", "tag_id") if tag not in has]
        theirs.filter(pk__in=moved).update(record_id=winner_id)
        tagging.shelve([loser_id])
        return [str(pk) for pk in moved]  # the empty list too: undo must count the shared ones again

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give the tags back."""
        back = Tagging.rows().filter(pk__in=data, record_id=winner_id).update(record_id=loser_id)
        tagging.unshelve([loser_id])
        gone = len(data) - back
        return [f"{counted(gone, 'tag')} had been taken off since."] if gone else ()


class Employees:
    """The people of the one company work for the other."""

    name = "employees"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand the people over."""
        return self._rehire(loser_id, winner_id, None) if noun == "company" else None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give back those who still work there."""
        gone = len(data) - len(self._rehire(winner_id, loser_id, data) or [])
        return [f"{gone} of its people had changed company since."] if gone else ()

    def _rehire(self, old: UUID, new: UUID, ids: Sequence[str] | None) -> list[str] | None:
        rows = Contact.rows().filter(company_id=old)
        rows = rows.filter(pk__in=ids) if ids is not None else rows
        # In the order of their ids, as everybody locks contacts.
        found = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        Contact.rows().filter(pk__in=found).update(company_id=new, version=F("version") + 1, updated_at=clock.now())
        return [str(pk) for pk in found] or None


class Referrals:
    """Whom the loser referred, and who referred the loser unless the winner has a referrer already."""

    name = "referrals"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand the referrals over; one between the two waits with the loser."""
        if noun != "contact":
            return None
        made = Referral.rows().filter(referrer_id=loser_id).exclude(referred_id=winner_id)
        gave = list(made.values_list("pk", flat=True))
        made.update(referrer_id=winner_id)
        came: list[UUID] = []
        if not Referral.rows().filter(referred_id=winner_id).exists():
            theirs = Referral.rows().filter(referred_id=loser_id).exclude(referrer_id=winner_id)
            came = list(theirs.values_list("pk", flat=True))
            theirs.update(referred_id=winner_id)
        found = {"gave": [str(pk) for pk in gave], "came": [str(pk) for pk in came]}
        return found if gave or came else None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Any) -> Sequence[str]:
        """Give the referrals back that still are with the winner."""
        Referral.rows().filter(pk__in=data["gave"], referrer_id=winner_id).update(referrer_id=loser_id)
        Referral.rows().filter(pk__in=data["came"], referred_id=winner_id).update(referred_id=loser_id)
        return ()
