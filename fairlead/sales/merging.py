"""What becomes of deals when two contacts or two companies turn out to be one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from fairlead.kernel import clock
from fairlead.sales.models import Deal, DealCompany, DealContact


class Deals:
    """The deals of both: the winner stands in all of them, once, and is the main one where the loser was."""

    name = "deals"

    def move(self, noun: str, loser_id: UUID, winner_id: UUID) -> Any:
        """Hand the deals over; returns what undo needs, None when there is nothing."""
        if noun not in ("contact", "company"):
            return None
        model: Any = DealContact if noun == "contact" else DealCompany
        theirs = model.rows().filter(**{noun: loser_id})
        both = set(model.rows().filter(**{noun: winner_id}).values_list("deal_id", flat=True))
        links = [pk for pk, deal in theirs.values_list("pk", "deal_id") if deal not in both]
        model.rows().filter(pk__in=links).update(**{f"{noun}_id": winner_id})
        main = self._rename(noun, loser_id, winner_id, None)
        return {"links": [str(pk) for pk in links], "main": main} if links or main else None

    def undo(self, noun: str, loser_id: UUID, winner_id: UUID, data: Mapping[str, Any]) -> Sequence[str]:
        """Give back the deals in which nobody has changed this since."""
        model: Any = DealContact if noun == "contact" else DealCompany
        back = model.rows().filter(pk__in=data["links"], **{noun: winner_id}).update(**{f"{noun}_id": loser_id})
        self._rename(noun, winner_id, loser_id, data["main"])
        gone = len(data["links"]) - back
        return [f"{gone} of the deals had been changed since."] if gone else ()

    def _rename(self, noun: str, old: UUID, new: UUID, ids: Sequence[str] | None) -> list[str]:
        """Make `new` the main contact or company of the deals whose main one is `old`; locked in the order of ids."""
        rows = Deal.rows().filter(**{f"{noun}_id": old})
        rows = rows.filter(pk__in=ids) if ids is not None else rows
        found = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        values: dict[str, Any] = {f"{noun}_id": new, "version": F("version") + 1, "updated_at": clock.now()}
        Deal.rows().filter(pk__in=found).update(**values)
        return [str(pk) for pk in found]
