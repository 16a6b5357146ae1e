"""What passes on when a member leaves: the contacts and companies that the member owned."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.accounts.public import Membership
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel import clock
from fairlead.people.models import Company, Contact
from fairlead.tenancy.public import Actor

CHUNK = 5_000


def hand_over_contacts(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Make `successor` the owner of the leaver's contacts, those in the bin too; an event for each.

    Returns how many are not in it.
    """
    return _hand_over(Contact, "contact", leaver, successor, by)


def hand_over_companies(leaver: UUID, successor: UUID, *, by: Actor) -> int:
    """Make `successor` the owner of the leaver's companies."""
    return _hand_over(Company, "company", leaver, successor, by)


@transaction.atomic
def _hand_over(model: Any, noun: str, leaver: UUID, successor: UUID, by: Actor) -> int:
    name = Membership.rows().select_related("user").get(pk=successor).user.name
    data = {"to": name, "from_id": str(leaver), "to_id": str(successor)}
    count = 0
    rows = model.rows().filter(owner_id=leaver).order_by("pk").select_for_update(of=("self",), no_key=True)
    after = UUID(int=0)  # each chunk begins where the last one ended: not at the beginning, behind all that has passed
    while ids := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        after = ids[-1]
        model.rows().filter(pk__in=ids).update(owner_id=successor, version=F("version") + 1, updated_at=clock.now())
        record_many([_event(noun, pk, data) for pk in ids], by=by)
        count += model.rows().filter(pk__in=ids, deleted_at=None).count()
    return count


def _event(noun: str, pk: UUID, data: dict[str, str]) -> NewEvent:
    contact, company = (pk, None) if noun == "contact" else (None, pk)
    return NewEvent(f"{noun}.owner_changed", (noun, pk), contact, company, data)
