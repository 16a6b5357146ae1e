"""Tags of both records, and the people of a company that went into another."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from fairlead.kernel import clock
from fairlead.people.actions import tagging
from fairlead.people.models import Contact, Tagging


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
        return [f"{gone} tag{'' if gone == 1 else 's'} had been taken off since."] if gone else ()


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
