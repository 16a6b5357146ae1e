"""What passes on when a member leaves: the contacts and companies that the member owned, those in the bin too."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from fairlead.accounts.public import handover
from fairlead.events.public import NewEvent, record_many
from fairlead.people.models import Company, Contact
from fairlead.tenancy.public import Actor


def _telling(noun: str) -> Callable[[Sequence[Any], Actor, Mapping[str, str]], None]:
    def event(pk: UUID, data: Mapping[str, str]) -> NewEvent:
        contact, company = (pk, None) if noun == "contact" else (None, pk)
        return NewEvent(f"{noun}.owner_changed", (noun, pk), contact, company, data)

    def tell(found: Sequence[Any], by: Actor, data: Mapping[str, str]) -> None:
        record_many([event(one.pk, data) for one in found], by=by)

    return tell


CONTACTS = handover.Owned(lambda: Contact.rows().only("deleted_at"), _telling("contact"))
COMPANIES = handover.Owned(lambda: Company.rows().only("deleted_at"), _telling("company"))
